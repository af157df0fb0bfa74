/*
 * workspace.h - where the working directory lies in what a server checked out.
 */
#ifndef CLI_WORKSPACE_H
#define CLI_WORKSPACE_H

#include "base/arena.h"

/*
 * "services/app/" below the folder that GITHUB_WORKSPACE or CI_PROJECT_DIR
 * (GitLab) names: annotations count from there. NULL in the folder itself,
 * outside of it, and elsewhere.
 */
const char *workspace_prefix(struct arena *);

#endif
