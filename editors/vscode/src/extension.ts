// The extension: starts `tusklint lsp` and lets VS Code's client talk to it.
import * as vscode from 'vscode';
import {
    LanguageClient,
    LanguageClientOptions,
    ServerOptions,
    TransportKind,
} from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

function serverOptions(): ServerOptions {
    const settings = vscode.workspace.getConfiguration('tusklint');

    return {
        command: settings.get<string>('path', 'tusklint'),
        args: ['lsp', ...settings.get<string[]>('args', [])],
        transport: TransportKind.stdio,
    };
}

const clientOptions: LanguageClientOptions = {
    documentSelector: ['sql', 'postgres'].flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
    ]),
};

async function start(): Promise<void> {
    client = new LanguageClient('tusklint', 'tusklint', serverOptions(),
        clientOptions);
    try {
        await client.start();
    } catch (error) {
        client = undefined;
        void vscode.window.showErrorMessage(
            `tusklint does not start (setting tusklint.path): ${error}`);
    }
}

async function stop(): Promise<void> {
    const old = client;

    client = undefined;
    await old?.stop();
}

export async function activate(context: vscode.ExtensionContext) {
    const restart = async () => {
        await stop();
        await start();
    };

    context.subscriptions.push(
        vscode.commands.registerCommand('tusklint.restart', restart),
        vscode.workspace.onDidChangeConfiguration((change) =>
            change.affectsConfiguration('tusklint.path') ||
            change.affectsConfiguration('tusklint.args')
                ? restart() : undefined));
    await start();
}

export function deactivate(): Promise<void> {
    return stop();
}
