/*
 * lifecycle.c - the greeting: what the client can, what we can.
 */
#include "lsp/lifecycle.h"

#include <string.h>

static void read_client(struct client *c, const cJSON *params)
{
    const cJSON *all = wire_get(params, "capabilities");
    const cJSON *text = wire_get(all, "textDocument");
    const cJSON *workspace = wire_get(all, "workspace");

    c->pulls = wire_get(text, "diagnostic") != NULL;
    c->refreshes = wire_true(workspace, "diagnostics.refreshSupport") ||
                   wire_true(workspace, "diagnostic.refreshSupport");
    c->registers_watchers =
        wire_true(workspace, "didChangeWatchedFiles.dynamicRegistration");
    c->shows_related = wire_true(text, "publishDiagnostics.relatedInformation");
    c->shows_tags = wire_get(text, "publishDiagnostics.tagSupport") != NULL;
    c->shows_links =
        wire_true(text, "publishDiagnostics.codeDescriptionSupport");
    c->versions_edits = wire_true(workspace, "workspaceEdit.documentChanges");
    c->prefers_fixes = wire_true(text, "codeAction.isPreferredSupport");
    c->nests_symbols =
        wire_true(text, "documentSymbol.hierarchicalDocumentSymbolSupport");
    c->reads_markdown =
        wire_has(wire_get(text, "hover.contentFormat"), "markdown");
}

/* Bytes are what we count ourselves; UTF-16 is what everybody must know. */
static enum encoding choose_encoding(const cJSON *params)
{
    const cJSON *offered =
        wire_get(params, "capabilities.general.positionEncodings");

    if (wire_has(offered, "utf-8"))
        return ENCODING_UTF8;
    return wire_has(offered, "utf-32") ? ENCODING_UTF32 : ENCODING_UTF16;
}

static void read_roots(struct session *s, const cJSON *params)
{
    const cJSON *folders = wire_get(params, "workspaceFolders");
    const char *root = wire_string(params, "rootUri");
    const cJSON *item;

    cJSON_ArrayForEach(item, folders)
    {
        const char *uri = wire_string(item, "uri");

        if (uri)
            session_add_root(s, uri);
    }
    if (s->roots.n == 0 && root)
        session_add_root(s, root);
}

static void put_flag(struct json *j, const char *key)
{
    json_key(j, key);
    json_bool(j, true);
}

static void put_strings(struct json *j, const char *key,
                        const char *const *list)
{
    json_key(j, key);
    json_begin_array(j);
    for (; *list; list++)
        json_cstr(j, *list);
    json_end_array(j);
}

static void put_sync(struct json *j)
{
    json_key(j, "textDocumentSync");
    json_begin_object(j);
    put_flag(j, "openClose");
    json_key(j, "change");
    json_int(j, 2); /* incremental */
    put_flag(j, "save");
    json_end_object(j);
}

static void put_diagnostic_provider(struct json *j)
{
    json_key(j, "diagnosticProvider");
    json_begin_object(j);
    json_key(j, "identifier");
    json_cstr(j, "tusklint");
    put_flag(j, "interFileDependencies");
    json_key(j, "workspaceDiagnostics");
    json_bool(j, false);
    json_end_object(j);
}

static void put_folders(struct json *j)
{
    json_key(j, "workspace");
    json_begin_object(j);
    json_key(j, "workspaceFolders");
    json_begin_object(j);
    put_flag(j, "supported");
    put_flag(j, "changeNotifications");
    json_end_object(j);
    json_end_object(j);
}

static void put_capabilities(const struct session *s, struct json *j)
{
    static const char *const encodings[] = {"utf-16", "utf-8", "utf-32"};
    static const char *const kinds[] = {"quickfix", "source.fixAll.tusklint",
                                        NULL};
    static const char *const triggers[] = {"[", ",", ":", " ", NULL};

    json_key(j, "capabilities");
    json_begin_object(j);
    json_key(j, "positionEncoding");
    json_cstr(j, encodings[s->encoding]);
    put_sync(j);
    if (s->client.pulls)
        put_diagnostic_provider(j);
    json_key(j, "codeActionProvider");
    json_begin_object(j);
    put_strings(j, "codeActionKinds", kinds);
    json_end_object(j);
    json_key(j, "completionProvider");
    json_begin_object(j);
    put_strings(j, "triggerCharacters", triggers);
    json_end_object(j);
    put_flag(j, "hoverProvider");
    put_flag(j, "definitionProvider");
    put_flag(j, "documentSymbolProvider");
    put_folders(j);
    json_end_object(j);
}

void lifecycle_initialize(struct session *s, const cJSON *id,
                          const cJSON *params)
{
    read_client(&s->client, params);
    s->encoding = choose_encoding(params);
    read_roots(s, params);
    struct json *j = wire_result(&s->wire, id);
    json_begin_object(j);
    put_capabilities(s, j);
    json_key(j, "serverInfo");
    json_begin_object(j);
    json_key(j, "name");
    json_cstr(j, "tusklint");
    json_key(j, "version");
    json_cstr(j, TL_VERSION);
    json_end_object(j);
    json_end_object(j);
    wire_send(&s->wire);
}

void lifecycle_initialized(struct session *s)
{
    static const char *const globs[] = {"**/*.sql", "**/.tusklint.{yml,yaml}",
                                        "**/.squawk.toml"};

    if (!s->client.registers_watchers)
        return;
    struct json *j = wire_request(&s->wire, "client/registerCapability");
    json_begin_object(j);
    json_key(j, "registrations");
    json_begin_array(j);
    json_begin_object(j);
    json_key(j, "id");
    json_cstr(j, "tusklint-files");
    json_key(j, "method");
    json_cstr(j, "workspace/didChangeWatchedFiles");
    json_key(j, "registerOptions");
    json_begin_object(j);
    json_key(j, "watchers");
    json_begin_array(j);
    for (size_t i = 0; i < sizeof(globs) / sizeof(globs[0]); i++) {
        json_begin_object(j);
        json_key(j, "globPattern");
        json_cstr(j, globs[i]);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
    json_end_object(j);
    json_end_array(j);
    json_end_object(j);
    wire_send(&s->wire);
}
