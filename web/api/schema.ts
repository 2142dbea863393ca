// Written by `npm run web:client` from the API's OpenAPI description. Do not edit.

export interface paths {
    "/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the platforms whose projects can be mirrored */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                kind: string;
                                title: string;
                                /** @description Whether people choose the id of a project, because its source does not say it. */
                                choosesId: boolean;
                                url: {
                                    title: string;
                                } | null;
                                token: {
                                    title: string;
                                } | null;
                            }[];
                        };
                    };
                };
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the projects that the token may see */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                name: string;
                                source: {
                                    kind: string;
                                    url: string | null;
                                };
                                planTier: string | null;
                                region: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Add a project
         * @description The source is tried before the project is stored. The token is never returned.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        name?: string;
                        source: {
                            /** @enum {string} */
                            kind: "keboola";
                            url: string;
                            token: string;
                        } | {
                            /** @enum {string} */
                            kind: "sample";
                        };
                        /** @description The plan that its owner has; a label of metrics. */
                        planTier?: string | null;
                        /** @description Where it is; a label of metrics. */
                        region?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            source: {
                                kind: string;
                                url: string | null;
                            };
                            planTier: string | null;
                            region: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a project */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            source: {
                                kind: string;
                                url: string | null;
                            };
                            planTier: string | null;
                            region: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a project whose mirrors have all ended
         * @description This also removes everything that was stored for its mirrors. Repositories stay as they are.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        /**
         * Rename a project, or change its labels or its source's address or token
         * @description A new token or address is tried before it is stored.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        /** @description The plan that its owner has; a label of metrics. */
                        planTier?: string | null;
                        /** @description Where it is; a label of metrics. */
                        region?: string | null;
                        source?: {
                            url?: string;
                            token: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            source: {
                                kind: string;
                                url: string | null;
                            };
                            planTier: string | null;
                            region: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        trace?: never;
    };
    "/v1/projects/actions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a project's source, and show what it opens
         * @description Stores nothing. `id` is needed only if the platform lets people choose it; if it is given, the source must be that of this project.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id?: string;
                        source: {
                            /** @enum {string} */
                            kind: "keboola";
                            url: string;
                            token: string;
                        } | {
                            /** @enum {string} */
                            kind: "sample";
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            projectName: string;
                            /** @description At most 1,000. */
                            branches: {
                                id: string;
                                name: string;
                                isDefault: boolean;
                            }[];
                            /** @description How many there are. */
                            branchCount: number;
                            /** @description Whether the project was added already. */
                            isKnown: boolean;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/branches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a project's branches, as its source lists them now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description In the platform's order; at most 1,000. */
                            items: {
                                id: string;
                                name: string;
                                isDefault: boolean;
                                /** @description Whether it has a mirror that has not ended. */
                                hasMirror: boolean;
                            }[];
                            /** @description How many there are. */
                            total: number;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A mirror's state
         * @description Only needs the database, so it also works while Temporal is unavailable.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Enable a mirror, replace its settings, or enable it again
         * @description 201 if it is new. Everything except `repository` has a default, which replaces the current value. If the place changes, the mirror starts from scratch; a changed policy is applied to the whole tree. If the Git branch of a development branch does not exist yet, it is created from the default branch's Git branch. With `If-Match` and the mirror's `settingsVersion`, it is refused if somebody has changed the settings since.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The mirror's `settingsVersion`, also in quotes, as HTTP has it. */
                    "if-match"?: string;
                };
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        repository: {
                            url: string;
                            branch: string;
                            /** @default  */
                            subdirectory?: string;
                            credentialId?: string | null;
                        };
                        /** @enum {string} */
                        secrets?: "encrypted" | "omitted";
                        /**
                         * @description What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).
                         * @enum {string}
                         */
                        secretsInText?: "mask" | "warn" | "off";
                        /** @description What may stay although it looks like a secret. */
                        allowedSecrets?: {
                            /** @description Files that are not looked at; `*` matches any text. */
                            paths?: string[];
                            /** @description The fingerprints of findings that are no secrets, or may be seen. */
                            fingerprints?: string[];
                        };
                        samples?: {
                            enabled?: boolean;
                            rows?: number;
                            formats?: ("csv" | "json")[];
                            /** @description Ids of tables to leave out, together with their aliases; `*` matches any text. */
                            exclude?: string[];
                            /** @description Leaves out tables with such metadata, either their own or their bucket's; without `value`, any value matches. */
                            excludeMetadata?: {
                                key: string;
                                value?: string | null;
                            }[];
                            /** @description Words that mark personal data in the metadata of a table or of one of its columns; such tables are left out. */
                            personalDataTags?: string[];
                            mask?: {
                                /** @description Columns whose values are not read: `in.c-crm.*:email`, or `*email*` in any table. */
                                columns?: string[];
                            };
                            /** @description `change`: whenever the table has changed. A duration (`30m`, `6h`, `7d`): when it has changed, but not more often than this. */
                            refresh?: string;
                            /** @description Maximum size of a file in bytes; a larger file loses its last rows. */
                            maxBytes?: number;
                        };
                        jobs?: {
                            enabled?: boolean;
                            retainDays?: number;
                            /** @enum {string} */
                            include?: "all" | "failures" | "latest";
                            /** @description How many days back to look for runs when the mirror starts; at most `retainDays` count. */
                            backfillDays?: number;
                        };
                        storage?: {
                            volatile?: boolean;
                        };
                        /** @enum {string} */
                        branchPath?: "name" | "main";
                        notify?: {
                            emails?: string[];
                            /** @description Ids of channels: see `/v1/notice-channels`. */
                            channels?: string[];
                        };
                        /** @description What the host asks of commits, and who their authors are. */
                        commits?: {
                            committer?: {
                                name: string;
                                email: string;
                            } | null;
                            subjectPrefix?: string;
                            subjectSuffix?: string;
                            /** @description Sent with each push, such as `ci.skip`. A host that takes none refuses the push. */
                            pushOptions?: string[];
                            /** @description Who the platform's authors (`from`, as it names them) are in Git. */
                            authors?: {
                                from: string;
                                name: string;
                                email: string;
                            }[];
                            /** @description Whether the other authors are named without addresses. */
                            noReply?: boolean;
                        };
                        /** @description Whether each of our folders gets a `.gitattributes` that keeps clones from changing our files; defaults to true. */
                        attributes?: boolean;
                        /**
                         * @description If others change our files: `report` says so once, `restore` also puts them right by a commit of its own.
                         * @enum {string}
                         */
                        drift?: "report" | "restore";
                        /**
                         * @description What a Git branch that does not exist begins with: the repository's default branch (if it has one), or nothing.
                         * @enum {string}
                         */
                        newBranch?: "default" | "empty";
                        /** @description Only on the mirror of the project's default branch. */
                        developmentBranches?: {
                            /** @description Name patterns of development branches that get a mirror automatically: `*` is any text, `?` any character. */
                            link?: string[];
                            /** @description Names of their Git branches: `{branch}` is the branch's name as used in folder names, `{id}` its id. */
                            gitBranch?: string;
                        };
                        /** @description Whether the mirror may overwrite files that are already there. */
                        adopt?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                412: components["responses"]["412"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /**
         * End a mirror; the repository stays as it is
         * @description Waiting changes will not be sent. Ending an ended mirror does nothing.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a project's mirrors, including ended ones */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                projectId: string;
                                branchId: string;
                                /** @enum {string} */
                                state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                                reason: string | null;
                                waitingSince: string | null;
                                /** @description Accepted changes that are not in Git yet. */
                                pendingChanges: number;
                                /** @description Closed windows that are not in Git yet. */
                                waitingBatches: number;
                                /** @description The sequence number of the last accepted change. */
                                lastSequence: number;
                                lastCommit: {
                                    sha: string;
                                    /** Format: date-time */
                                    committedAt: string;
                                } | null;
                                outage: {
                                    /** @enum {string} */
                                    lane: "source" | "repository" | "review";
                                    /** Format: date-time */
                                    since: string;
                                    attempts: number;
                                    nextAttemptAt: string | null;
                                    notifiedAt: string | null;
                                    reason: {
                                        code: string;
                                        message: string;
                                    };
                                } | null;
                                progress: {
                                    /** @description What is being done, in plain words. */
                                    step: string;
                                    done: number | null;
                                    total: number | null;
                                    /** Format: date-time */
                                    since: string;
                                } | null;
                                repository: {
                                    url: string;
                                    branch: string;
                                    subdirectory: string;
                                    credentialId: string | null;
                                };
                                /** @enum {string} */
                                secrets: "encrypted" | "omitted";
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                                samples: {
                                    enabled: boolean;
                                    rows: number;
                                    formats: ("csv" | "json")[];
                                    exclude: string[];
                                    excludeMetadata: {
                                        key: string;
                                        value: string | null;
                                    }[];
                                    personalDataTags: string[];
                                    mask: {
                                        columns: string[];
                                    };
                                    refresh: string;
                                    maxBytes: number;
                                    /** @enum {string} */
                                    state: "on" | "off" | "waiting";
                                    /** @description A sentence that says why samples are on, off or waiting. */
                                    reason: string;
                                };
                                visibility: {
                                    /** @enum {string} */
                                    result: "public" | "private" | "unknown";
                                    reason: string;
                                    /** Format: date-time */
                                    checkedAt: string;
                                } | null;
                                jobs: {
                                    enabled: boolean;
                                    retainDays: number;
                                    /** @enum {string} */
                                    include: "all" | "failures" | "latest";
                                    backfillDays?: number;
                                };
                                storage: {
                                    volatile: boolean;
                                };
                                /** @enum {string} */
                                branchPath: "name" | "main";
                                verification: {
                                    /** @enum {string} */
                                    outcome: "identical" | "different" | "unsettled" | "failed";
                                    /** Format: date-time */
                                    checkedAt: string;
                                } | null;
                                watch: {
                                    /** @enum {string} */
                                    state: "watching" | "catch_up" | "starting";
                                    reason: string | null;
                                    answeredAt: string | null;
                                } | null;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                    authors: {
                                        from: string;
                                        name: string;
                                        email: string;
                                    }[];
                                    noReply: boolean;
                                };
                                attributes: boolean;
                                /** @enum {string} */
                                drift: "report" | "restore";
                                /** @enum {string} */
                                newBranch: "default" | "empty";
                                replacedSecrets: {
                                    count: number;
                                    /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                    paths: string[];
                                };
                                /** @description How many secrets were recognised in texts: see `…/secrets`. */
                                secretsFound: number;
                                /** @description At most 200. */
                                warnings: {
                                    owner: string;
                                    message: string;
                                }[];
                                /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                                refused: {
                                    count: number;
                                    files: {
                                        path: string;
                                        rule: string;
                                        /** Format: date-time */
                                        since: string;
                                    }[];
                                };
                                resyncReason: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                                /** @description For `If-Match`: another one once somebody has changed the settings. */
                                settingsVersion: string;
                                developmentBranches: {
                                    link: string[];
                                    gitBranch: string;
                                };
                                initializedAt: string | null;
                                pausedAt: string | null;
                                endedAt: string | null;
                                endedBecause: ("disabled" | "merged" | "deleted") | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read and send what changed now
         * @description Sends waiting changes without waiting for the window to end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try again now
         * @description Ends the wait for the next attempt during an outage, and sends files that the host refused once more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing until resumed
         * @description Changes are still accepted.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume sending
         * @description Sends what was accepted while the mirror was paused.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a held mirror write
         * @description Compares the whole tree with what is in the repository now, and overwrites it; or, if it is held because of `mass_removal`, removes what the platform no longer has. Look at `GET …/hold` first, and send the `tip` or the `removal` that you saw: if it is another one by now, the answer is 409 `changed_since` and nothing is approved.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        tip?: string | null;
                        /** @description The `removal.id` that was looked at. If something else would be removed by now, nothing is approved. */
                        removal?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projectId: string;
                            branchId: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            reason: string | null;
                            waitingSince: string | null;
                            /** @description Accepted changes that are not in Git yet. */
                            pendingChanges: number;
                            /** @description Closed windows that are not in Git yet. */
                            waitingBatches: number;
                            /** @description The sequence number of the last accepted change. */
                            lastSequence: number;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** @enum {string} */
                                lane: "source" | "repository" | "review";
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            progress: {
                                /** @description What is being done, in plain words. */
                                step: string;
                                done: number | null;
                                total: number | null;
                                /** Format: date-time */
                                since: string;
                            } | null;
                            repository: {
                                url: string;
                                branch: string;
                                subdirectory: string;
                                credentialId: string | null;
                            };
                            /** @enum {string} */
                            secrets: "encrypted" | "omitted";
                            /** @enum {string} */
                            secretsInText: "mask" | "warn" | "off";
                            allowedSecrets: {
                                paths: string[];
                                fingerprints: string[];
                            };
                            samples: {
                                enabled: boolean;
                                rows: number;
                                formats: ("csv" | "json")[];
                                exclude: string[];
                                excludeMetadata: {
                                    key: string;
                                    value: string | null;
                                }[];
                                personalDataTags: string[];
                                mask: {
                                    columns: string[];
                                };
                                refresh: string;
                                maxBytes: number;
                                /** @enum {string} */
                                state: "on" | "off" | "waiting";
                                /** @description A sentence that says why samples are on, off or waiting. */
                                reason: string;
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            jobs: {
                                enabled: boolean;
                                retainDays: number;
                                /** @enum {string} */
                                include: "all" | "failures" | "latest";
                                backfillDays?: number;
                            };
                            storage: {
                                volatile: boolean;
                            };
                            /** @enum {string} */
                            branchPath: "name" | "main";
                            verification: {
                                /** @enum {string} */
                                outcome: "identical" | "different" | "unsettled" | "failed";
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            watch: {
                                /** @enum {string} */
                                state: "watching" | "catch_up" | "starting";
                                reason: string | null;
                                answeredAt: string | null;
                            } | null;
                            notify: {
                                emails: string[];
                                channels: string[];
                            };
                            commits: {
                                committer: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix: string;
                                subjectSuffix: string;
                                pushOptions: string[];
                                authors: {
                                    from: string;
                                    name: string;
                                    email: string;
                                }[];
                                noReply: boolean;
                            };
                            attributes: boolean;
                            /** @enum {string} */
                            drift: "report" | "restore";
                            /** @enum {string} */
                            newBranch: "default" | "empty";
                            replacedSecrets: {
                                count: number;
                                /** @description Files and JSON pointers, as `<path>#<pointer>`; at most 200. */
                                paths: string[];
                            };
                            /** @description How many secrets were recognised in texts: see `…/secrets`. */
                            secretsFound: number;
                            /** @description At most 200. */
                            warnings: {
                                owner: string;
                                message: string;
                            }[];
                            /** @description Files whose content the host refuses, with its words; at most 200. They stay as they were, and come once they have other content, or with `actions/retry`. */
                            refused: {
                                count: number;
                                files: {
                                    path: string;
                                    rule: string;
                                    /** Format: date-time */
                                    since: string;
                                }[];
                            };
                            resyncReason: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            /** @description For `If-Match`: another one once somebody has changed the settings. */
                            settingsVersion: string;
                            developmentBranches: {
                                link: string[];
                                gitBranch: string;
                            };
                            initializedAt: string | null;
                            pausedAt: string | null;
                            endedAt: string | null;
                            endedBecause: ("disabled" | "merged" | "deleted") | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/repositories/actions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a repository can be reached and written, and who may read it
         * @description Changes nothing, and stores nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        repository: {
                            url: string;
                            /** @description Defaults to `main`. */
                            branch?: string;
                            /** @default  */
                            subdirectory?: string;
                            credentialId?: string | null;
                        };
                        /** @description One that is not stored yet, instead of `repository.credentialId`. */
                        credential?: {
                            username?: string;
                            token: string;
                        };
                        /** @description The mirror that is to write there, to learn whether the place is taken. */
                        mirror?: {
                            projectId: string;
                            branchId: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reachable: boolean;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            empty: boolean | null;
                            tip: string | null;
                            pushAllowed: boolean | null;
                            /** @description If it may not, or that is not known: why, and what to do. */
                            pushReason: string;
                            branchProtected: boolean | null;
                            /** @enum {string} */
                            visibility: "public" | "private" | "unknown";
                            visibilityReason: string;
                            placeTaken: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview what replacing a mirror's settings would do
         * @description Takes the body of PUT. Writes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        repository: {
                            url: string;
                            branch: string;
                            /** @default  */
                            subdirectory?: string;
                            credentialId?: string | null;
                        };
                        /** @enum {string} */
                        secrets?: "encrypted" | "omitted";
                        /**
                         * @description What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).
                         * @enum {string}
                         */
                        secretsInText?: "mask" | "warn" | "off";
                        /** @description What may stay although it looks like a secret. */
                        allowedSecrets?: {
                            /** @description Files that are not looked at; `*` matches any text. */
                            paths?: string[];
                            /** @description The fingerprints of findings that are no secrets, or may be seen. */
                            fingerprints?: string[];
                        };
                        samples?: {
                            enabled?: boolean;
                            rows?: number;
                            formats?: ("csv" | "json")[];
                            /** @description Ids of tables to leave out, together with their aliases; `*` matches any text. */
                            exclude?: string[];
                            /** @description Leaves out tables with such metadata, either their own or their bucket's; without `value`, any value matches. */
                            excludeMetadata?: {
                                key: string;
                                value?: string | null;
                            }[];
                            /** @description Words that mark personal data in the metadata of a table or of one of its columns; such tables are left out. */
                            personalDataTags?: string[];
                            mask?: {
                                /** @description Columns whose values are not read: `in.c-crm.*:email`, or `*email*` in any table. */
                                columns?: string[];
                            };
                            /** @description `change`: whenever the table has changed. A duration (`30m`, `6h`, `7d`): when it has changed, but not more often than this. */
                            refresh?: string;
                            /** @description Maximum size of a file in bytes; a larger file loses its last rows. */
                            maxBytes?: number;
                        };
                        jobs?: {
                            enabled?: boolean;
                            retainDays?: number;
                            /** @enum {string} */
                            include?: "all" | "failures" | "latest";
                            /** @description How many days back to look for runs when the mirror starts; at most `retainDays` count. */
                            backfillDays?: number;
                        };
                        storage?: {
                            volatile?: boolean;
                        };
                        /** @enum {string} */
                        branchPath?: "name" | "main";
                        notify?: {
                            emails?: string[];
                            /** @description Ids of channels: see `/v1/notice-channels`. */
                            channels?: string[];
                        };
                        /** @description What the host asks of commits, and who their authors are. */
                        commits?: {
                            committer?: {
                                name: string;
                                email: string;
                            } | null;
                            subjectPrefix?: string;
                            subjectSuffix?: string;
                            /** @description Sent with each push, such as `ci.skip`. A host that takes none refuses the push. */
                            pushOptions?: string[];
                            /** @description Who the platform's authors (`from`, as it names them) are in Git. */
                            authors?: {
                                from: string;
                                name: string;
                                email: string;
                            }[];
                            /** @description Whether the other authors are named without addresses. */
                            noReply?: boolean;
                        };
                        /** @description Whether each of our folders gets a `.gitattributes` that keeps clones from changing our files; defaults to true. */
                        attributes?: boolean;
                        /**
                         * @description If others change our files: `report` says so once, `restore` also puts them right by a commit of its own.
                         * @enum {string}
                         */
                        drift?: "report" | "restore";
                        /**
                         * @description What a Git branch that does not exist begins with: the repository's default branch (if it has one), or nothing.
                         * @enum {string}
                         */
                        newBranch?: "default" | "empty";
                        /** @description Only on the mirror of the project's default branch. */
                        developmentBranches?: {
                            /** @description Name patterns of development branches that get a mirror automatically: `*` is any text, `?` any character. */
                            link?: string[];
                            /** @description Names of their Git branches: `{branch}` is the branch's name as used in folder names, `{id}` its id. */
                            gitBranch?: string;
                        };
                        /** @description Whether the mirror may overwrite files that are already there. */
                        adopt?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            resync: string | null;
                            /** @description Whether the mirror would write to another place. */
                            moves: boolean;
                            repository: {
                                reachable: boolean;
                                failure: {
                                    code: string;
                                    message: string;
                                } | null;
                                empty: boolean | null;
                                tip: string | null;
                                pushAllowed: boolean | null;
                                /** @description If it may not, or that is not known: why, and what to do. */
                                pushReason: string;
                                branchProtected: boolean | null;
                                /** @enum {string} */
                                visibility: "public" | "private" | "unknown";
                                visibilityReason: string;
                            } | null;
                            commit: {
                                adds: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                replaces: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                removes: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                /** @description How many removed files are of job runs. */
                                removedRuns: number;
                                /** @description How many removed files are samples. */
                                removedSamples: number;
                                unchanged: number;
                            } | null;
                            /** @description How many tables would be read for their samples. */
                            sampledTables: number;
                            adoptionNeeded: boolean | null;
                            warnings: {
                                count: number;
                                /** @description At most 100. */
                                first: string[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview what enabling a mirror would find and do
         * @description Writes nothing. `branchId` defaults to the default branch.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        branchId?: string;
                        repository: {
                            url: string;
                            branch: string;
                            /** @default  */
                            subdirectory?: string;
                            credentialId?: string | null;
                        };
                        /** @enum {string} */
                        secrets?: "encrypted" | "omitted";
                        /**
                         * @description What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).
                         * @enum {string}
                         */
                        secretsInText?: "mask" | "warn" | "off";
                        /** @description What may stay although it looks like a secret. */
                        allowedSecrets?: {
                            /** @description Files that are not looked at; `*` matches any text. */
                            paths?: string[];
                            /** @description The fingerprints of findings that are no secrets, or may be seen. */
                            fingerprints?: string[];
                        };
                        samples?: {
                            enabled?: boolean;
                            rows?: number;
                            formats?: ("csv" | "json")[];
                            /** @description Ids of tables to leave out, together with their aliases; `*` matches any text. */
                            exclude?: string[];
                            /** @description Leaves out tables with such metadata, either their own or their bucket's; without `value`, any value matches. */
                            excludeMetadata?: {
                                key: string;
                                value?: string | null;
                            }[];
                            /** @description Words that mark personal data in the metadata of a table or of one of its columns; such tables are left out. */
                            personalDataTags?: string[];
                            mask?: {
                                /** @description Columns whose values are not read: `in.c-crm.*:email`, or `*email*` in any table. */
                                columns?: string[];
                            };
                            /** @description `change`: whenever the table has changed. A duration (`30m`, `6h`, `7d`): when it has changed, but not more often than this. */
                            refresh?: string;
                            /** @description Maximum size of a file in bytes; a larger file loses its last rows. */
                            maxBytes?: number;
                        };
                        jobs?: {
                            enabled?: boolean;
                            retainDays?: number;
                            /** @enum {string} */
                            include?: "all" | "failures" | "latest";
                            /** @description How many days back to look for runs when the mirror starts; at most `retainDays` count. */
                            backfillDays?: number;
                        };
                        storage?: {
                            volatile?: boolean;
                        };
                        /** @enum {string} */
                        branchPath?: "name" | "main";
                        notify?: {
                            emails?: string[];
                            /** @description Ids of channels: see `/v1/notice-channels`. */
                            channels?: string[];
                        };
                        /** @description What the host asks of commits, and who their authors are. */
                        commits?: {
                            committer?: {
                                name: string;
                                email: string;
                            } | null;
                            subjectPrefix?: string;
                            subjectSuffix?: string;
                            /** @description Sent with each push, such as `ci.skip`. A host that takes none refuses the push. */
                            pushOptions?: string[];
                            /** @description Who the platform's authors (`from`, as it names them) are in Git. */
                            authors?: {
                                from: string;
                                name: string;
                                email: string;
                            }[];
                            /** @description Whether the other authors are named without addresses. */
                            noReply?: boolean;
                        };
                        /** @description Whether each of our folders gets a `.gitattributes` that keeps clones from changing our files; defaults to true. */
                        attributes?: boolean;
                        /**
                         * @description If others change our files: `report` says so once, `restore` also puts them right by a commit of its own.
                         * @enum {string}
                         */
                        drift?: "report" | "restore";
                        /**
                         * @description What a Git branch that does not exist begins with: the repository's default branch (if it has one), or nothing.
                         * @enum {string}
                         */
                        newBranch?: "default" | "empty";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchId: string;
                            repository: {
                                reachable: boolean;
                                failure: {
                                    code: string;
                                    message: string;
                                } | null;
                                empty: boolean | null;
                                tip: string | null;
                                pushAllowed: boolean | null;
                                /** @description If it may not, or that is not known: why, and what to do. */
                                pushReason: string;
                                branchProtected: boolean | null;
                                /** @enum {string} */
                                visibility: "public" | "private" | "unknown";
                                visibilityReason: string;
                            };
                            contents: {
                                objects: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: {
                                        kind: string;
                                        word: string;
                                        count: number;
                                    }[];
                                };
                                tables: number;
                            } | null;
                            commit: {
                                files: number;
                                bytes: number;
                                unchanged: number;
                                adds: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                replaces: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                removes: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                            } | null;
                            adoptionNeeded: boolean | null;
                            replacedSecrets: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    pointer: string;
                                }[];
                            };
                            secretsInText: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    /** @description From 1. */
                                    line: number;
                                    /** @description From 1, in UTF-16 code units. */
                                    column: number;
                                    /** @description The kind of secret, such as `keboola-token`. */
                                    rule: string;
                                    /** @description For `allowedSecrets`: the same for the same value, anywhere in this installation. */
                                    fingerprint: string;
                                    /** @description Whether a placeholder is in its place. */
                                    masked: boolean;
                                }[];
                            };
                            warnings: {
                                count: number;
                                /** @description At most 100. */
                                first: string[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/commits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commits that were sent, newest first
         * @description Each window is a separate item, even if several went into one commit.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                sha: string;
                                reason: string;
                                subject: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                coAuthors: {
                                    name: string;
                                    email: string;
                                }[];
                                /** Format: date-time */
                                authoredAt: string;
                                deliveredAt: string | null;
                                batchId: string;
                                /** @description The sequence number of the last change in it. */
                                through: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a mirror, newest first
         * @description Windows with their commits, outages with their notices, and what people did. Only needs the database.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: ({
                                id: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                kind: "commit";
                                /** @description A window; several of them can be one commit. */
                                commit: {
                                    sha: string | null;
                                    subject: string;
                                    author: string;
                                    reason: string;
                                    changes: number;
                                    windowOpenedAt: string | null;
                                    /** Format: date-time */
                                    windowClosedAt: string;
                                    deliveredAt: string | null;
                                };
                            } | {
                                id: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                kind: "outage";
                                outage: {
                                    /** @enum {string} */
                                    lane: "source" | "repository" | "review";
                                    /** Format: date-time */
                                    since: string;
                                    endedAt: string | null;
                                    attempts: number;
                                    code: string;
                                    message: string;
                                    escalatedAt: string | null;
                                    notices: {
                                        /** @enum {string} */
                                        kind: "person_needed" | "escalated" | "recovered" | "found";
                                        recipient: string | null;
                                        sentAt: string | null;
                                        error: string | null;
                                    }[];
                                };
                            } | {
                                id: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                kind: "act";
                                act: {
                                    /** @description As in the audit log: `mirror.pause`. */
                                    action: string;
                                    actor: string | null;
                                };
                            })[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a mirror's status (server-sent events)
         * @description Each event is named `status` and contains what GET of the mirror returns.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": {
                            /** @description What it is called. */
                            event: string;
                            /** @description JSON. */
                            data: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/actions/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare Git with the source
         * @description Reads the whole source again and compares it with the tip, file by file. The verdict is at …/verification once its `checkedAt` is not before `askedAt`; a verification that is already running is followed by another. Each mirror is also verified daily.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            askedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last verification */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "identical" | "different" | "unsettled" | "failed";
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** Format: date-time */
                            checkedAt: string;
                            commit: string | null;
                            /** @description The number of files that the source should result in. */
                            files: number;
                            differenceCount: number;
                            /** @description The first 200, sorted by path. */
                            differences: {
                                path: string;
                                /** @enum {string} */
                                kind: "missing" | "different" | "unexpected";
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/verification/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Both sides of a path that differed in the last verification */
        get: {
            parameters: {
                query: {
                    path: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            path: string;
                            /** @enum {string} */
                            kind: "missing" | "different" | "unexpected";
                            /** @description What the source makes. `not_kept`: only the first ones of up to 64 KiB are kept, and none of job runs and samples. */
                            expected: {
                                text: string | null;
                                leftOut: ("absent" | "not_kept" | "too_large" | "not_text" | "gone") | null;
                            };
                            /** @description What Git has at the commit that was compared. `gone`: the branch no longer has that commit. */
                            found: {
                                text: string | null;
                                leftOut: ("absent" | "not_kept" | "too_large" | "not_text" | "gone") | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Secrets that were recognised in texts, by path and line
         * @description Where they are, and of what kind; never what they are. A file is looked at when it changes, and is told of until it has none any more.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                path: string;
                                /** @description From 1. */
                                line: number;
                                /** @description From 1, in UTF-16 code units. */
                                column: number;
                                /** @description The kind of secret, such as `keboola-token`. */
                                rule: string;
                                /** @description For `allowedSecrets`: the same for the same value, anywhere in this installation. */
                                fingerprint: string;
                                /** @description Whether a placeholder is in its place. */
                                masked: boolean;
                                /** Format: date-time */
                                since: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a mirror has been doing over a day, a week or a month
         * @description Latency, success, what waited, failed attempts, and values that were left out. Only needs the database. Failed attempts are known for 35 days, and, like values left out, since the version that counts them.
         */
        get: {
            parameters: {
                query?: {
                    period?: "day" | "week" | "month";
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            period: "day" | "week" | "month";
                            /** @description Without gaps, oldest first: 24 hours, 28 quarters of days or 30 days, in UTC. The last one has not ended. */
                            buckets: {
                                /** Format: date-time */
                                from: string;
                                /** @description Changes that were delivered. */
                                changes: number;
                                p50: number | null;
                                p95: number | null;
                                commits: number;
                                /** @description Attempts to read the source or to deliver that failed. Each is made again. */
                                failedAttempts: number;
                                success: number | null;
                                /** @description Values in plain text that these commits left out. */
                                redactions: number;
                                /** @description Changes that waited at its end. */
                                backlog: number;
                            }[];
                            total: {
                                /** @description Changes that were delivered. */
                                changes: number;
                                p50: number | null;
                                p95: number | null;
                                commits: number;
                                /** @description Attempts to read the source or to deliver that failed. Each is made again. */
                                failedAttempts: number;
                                success: number | null;
                                /** @description Values in plain text that these commits left out. */
                                redactions: number;
                                /** @description Changes that wait now. */
                                backlog: number;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries of a folder at a moment
         * @description Shows only the folders that the mirror owns. Links are never followed.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered. */
                    at?: string;
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description Relative to the mirror's place, such as `configs/main`. */
                    path?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            path: string;
                            items: {
                                /** @description Bytes that are not UTF-8 are shown as U+FFFD. */
                                name: string;
                                path: string | null;
                                /** @enum {string} */
                                type: "file" | "folder" | "symlink" | "submodule";
                                size: number | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file at a moment
         * @description Files of more than 1 MiB are refused with 413, which says how large they are.
         */
        get: {
            parameters: {
                query: {
                    /** @description A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered. */
                    at?: string;
                    /** @description Relative to the mirror's place, such as `configs/main`. */
                    path: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            path: string;
                            /** @description Git's id of the content. */
                            blob: string;
                            /** @description In bytes. */
                            size: number;
                            /** @description It is not UTF-8, or contains NUL: `content` is `null`. */
                            isBinary: boolean;
                            content: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/commits/{sha}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A commit as changed objects, with before and after
         * @description An object is the same one if its id is: one whose folder has another name has moved. Texts of more than 128 KiB are left out; a page ends early when its texts are larger than 2 MiB together.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                    sha: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            /** Format: date-time */
                            authoredAt: string;
                            subject: string;
                            body: string;
                            parent: string | null;
                            items: {
                                /** @enum {string} */
                                change: "added" | "changed" | "removed" | "moved";
                                /** @enum {string} */
                                kind: "project" | "branch" | "configuration" | "row" | "bucket" | "table" | "lineage" | "sample" | "job-run" | "job-summary" | "guide" | "catalog" | "file";
                                componentId?: string;
                                configurationId?: string;
                                rowId?: string;
                                bucketId?: string;
                                tableId?: string;
                                runId?: string;
                                day?: string;
                                name: string | null;
                                configurationName: string | null;
                                componentName: string | null;
                                /** @description Its folder or file, relative to the mirror's place. */
                                path: string;
                                previousPath: string | null;
                                files: {
                                    path: string;
                                    previousPath: string | null;
                                    before: {
                                        blob: string;
                                        size: number | null;
                                        text: string | null;
                                        omitted: ("too_large" | "binary" | "page_full" | "symlink" | "submodule" | "unreadable") | null;
                                    } | null;
                                    after: {
                                        blob: string;
                                        size: number | null;
                                        text: string | null;
                                        omitted: ("too_large" | "binary" | "page_full" | "symlink" | "submodule" | "unreadable") | null;
                                    } | null;
                                }[];
                                /** @description How many more files of the object differ. */
                                filesLeftOut: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/objects/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The commits that changed an object, newest first
         * @description The object is named by its ids: `component` and `configuration` (and `row`), `bucket`, or `table`. It is followed by its ids when its path changes, and when it was removed and came back. The versions of a configuration include those of its rows.
         */
        get: {
            parameters: {
                query?: {
                    /** @description With `configuration`. */
                    component?: string;
                    configuration?: string;
                    /** @description With `component` and `configuration`. */
                    row?: string;
                    bucket?: string;
                    table?: string;
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            path: string | null;
                            items: {
                                commit: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** Format: date-time */
                                authoredAt: string;
                                /** Format: date-time */
                                committedAt: string;
                                subject: string;
                                /** @enum {string} */
                                change: "added" | "changed" | "removed" | "moved";
                                path: string | null;
                                previousPath: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/objects/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an object differs between two commits
         * @description The object is found by its ids in both commits: one whose folder has another name has moved, and its files are compared under their names in it. A configuration is compared with its rows. Texts are bounded as those of a commit.
         */
        get: {
            parameters: {
                query: {
                    /** @description With `configuration`. */
                    component?: string;
                    configuration?: string;
                    /** @description With `component` and `configuration`. */
                    row?: string;
                    bucket?: string;
                    table?: string;
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description As `at` of other routes. */
                    from: string;
                    /** @description As `at` of other routes. */
                    to?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            /** @description The commit that it was compared with. */
                            from: string;
                            path: string | null;
                            previousPath: string | null;
                            items: {
                                /** @enum {string} */
                                change: "added" | "changed" | "removed" | "moved";
                                /** @enum {string} */
                                kind: "project" | "branch" | "configuration" | "row" | "bucket" | "table" | "lineage" | "sample" | "job-run" | "job-summary" | "guide" | "catalog" | "file";
                                componentId?: string;
                                configurationId?: string;
                                rowId?: string;
                                bucketId?: string;
                                tableId?: string;
                                runId?: string;
                                day?: string;
                                name: string | null;
                                configurationName: string | null;
                                componentName: string | null;
                                /** @description Its folder or file, relative to the mirror's place. */
                                path: string;
                                previousPath: string | null;
                                files: {
                                    path: string;
                                    previousPath: string | null;
                                    before: {
                                        blob: string;
                                        size: number | null;
                                        text: string | null;
                                        omitted: ("too_large" | "binary" | "page_full" | "symlink" | "submodule" | "unreadable") | null;
                                    } | null;
                                    after: {
                                        blob: string;
                                        size: number | null;
                                        text: string | null;
                                        omitted: ("too_large" | "binary" | "page_full" | "symlink" | "submodule" | "unreadable") | null;
                                    } | null;
                                }[];
                                /** @description How many more files of the object differ. */
                                filesLeftOut: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the data of a table or configuration comes from, and where it goes
         * @description As far as the files of the lineage show it. At most 500 nodes and 2000 edges, nearest first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered. */
                    at?: string;
                    table?: string;
                    bucket?: string;
                    component?: string;
                    configuration?: string;
                    direction?: "up" | "down" | "both";
                    depth?: number;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            /** @description The id of the node that was asked for. */
                            start: string;
                            nodes: {
                                id: string;
                                /** @enum {string} */
                                kind: "table" | "bucket" | "configuration";
                                projectId: string | null;
                                bucketId: string | null;
                                tableId: string | null;
                                componentId: string | null;
                                configurationId: string | null;
                                configurationName: string | null;
                                componentName: string | null;
                                path: string | null;
                                /** @description Links from the start. */
                                distance: number;
                            }[];
                            /** @description Data flows from `from` to `to`. */
                            edges: {
                                from: string;
                                to: string;
                                knownBy: string;
                                rowId: string | null;
                                isDisabled: boolean;
                            }[];
                            /** @description There is more: ask deeper, or from another node. */
                            isCut: boolean;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Configurations, rows and tables by text, best match first */
        get: {
            parameters: {
                query?: {
                    /** @description A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered. */
                    at?: string;
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description Words that must all be in the name, id, component or first line of the description. Without any, everything is listed. */
                    text?: string;
                    kind?: "configuration" | "row" | "table";
                    /** @description Only its configurations and their rows. */
                    component?: string;
                    /** @description Only its tables. */
                    bucket?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            items: {
                                /** @enum {string} */
                                kind: "configuration" | "row" | "table";
                                componentId?: string;
                                configurationId?: string;
                                rowId?: string;
                                bucketId?: string;
                                tableId?: string;
                                runId?: string;
                                day?: string;
                                name: string;
                                componentName: string | null;
                                description: string;
                                path: string | null;
                                isDisabled: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the mirror holds, by component and by bucket */
        get: {
            parameters: {
                query?: {
                    /** @description A commit (40 hex digits), a date (the newest commit by then), or how long ago: `1w`, `1m`, `6m`, `1y`. Defaults to the newest commit that the mirror delivered. */
                    at?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            configurations: number;
                            rows: number;
                            tables: number;
                            /** @description The 500 with the most, those first. */
                            components: {
                                componentId: string;
                                componentName: string | null;
                                configurations: number;
                                rows: number;
                            }[];
                            /** @description The 500 with the most, those first. */
                            buckets: {
                                bucketId: string;
                                tables: number;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first rows of a table, or why there are none */
        get: {
            parameters: {
                query: {
                    table: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The commit that was read. */
                            commit: string;
                            /** Format: date-time */
                            committedAt: string;
                            stale: {
                                code: string;
                                message: string;
                                asOf: string | null;
                            } | null;
                            tableId: string;
                            path: string | null;
                            /** @description How many columns the file has. */
                            columnCount: number;
                            /** @description At most 100. */
                            columns: string[];
                            /** @description At most 100; a value of more than 500 characters is cut. `null`: the table has no value there. */
                            rows: (string | null)[][];
                            reason: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a held mirror found, and what approving would do
         * @description Asks the remote. 409 `not_held` if there is nothing to approve, also if the repository is too large. What changed in the platform since the last commit is not counted.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            code: "branch_gone" | "history_lost" | "foreign_installation" | "not_adopted" | "mass_removal";
                            message: string;
                            /** Format: date-time */
                            since: string;
                            removal: {
                                id: string;
                                /** @description How many such files there are now. */
                                total: number;
                            } | null;
                            tip: {
                                sha: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** Format: date-time */
                                authoredAt: string;
                                subject: string;
                            } | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                                /** @description Whether the branch still contains it. */
                                isReachable: boolean;
                            } | null;
                            /** @description The newest commits of the branch after the newest one of this mirror, newest first; at most 20. */
                            commits: {
                                items: {
                                    sha: string;
                                    author: {
                                        name: string;
                                        email: string;
                                    };
                                    /** Format: date-time */
                                    authoredAt: string;
                                    subject: string;
                                }[];
                                hasMore: boolean;
                            };
                            /** @description What approving would do to files in the mirror's folders, compared with what it last wrote. `unjudged` are those that are there before its first commit: the preview tells which would be replaced or removed. Paths are below the place of the mirror; the first 100 of each are listed. */
                            files: {
                                adds: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                replaces: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                removes: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                                unjudged: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: string[];
                                };
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Runs of jobs, newest first
         * @description All runs within `jobs.retainDays`, also those that `jobs.include` leaves out of the tree.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    component?: string;
                    configuration?: string;
                    /** @description `SUCCESS`, `FAILED`, … */
                    status?: string;
                    /** @description A date; of the end of the run. */
                    from?: string;
                    /** @description A date; runs before it. */
                    to?: string;
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                runId: string;
                                componentId: string;
                                configurationId: string | null;
                                configurationName: string | null;
                                componentName: string | null;
                                status: string;
                                /** Format: date-time */
                                finishedAt: string;
                                seconds: number | null;
                                error: string | null;
                                path: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/mirrors/{branch}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accepted changes, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    state?: "all" | "waiting" | "delivered";
                };
                header?: never;
                path: {
                    project: string;
                    /** @description The branch's id, or `default` for the project's default branch. */
                    branch: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                sequence: number;
                                /** @enum {string} */
                                type: "config_changed" | "job_finished" | "storage_changed" | "branch_changed";
                                /** @description projectId-branchId-componentId-versionIdentifier. */
                                key: string;
                                componentId: string | null;
                                configId: string | null;
                                configurationName: string | null;
                                componentName: string | null;
                                versionIdentifier: string;
                                version: number | null;
                                author: string | null;
                                /** Format: date-time */
                                occurredAt: string;
                                /** Format: date-time */
                                receivedAt: string;
                                description: string | null;
                                /** @enum {string} */
                                state: "waiting" | "batched" | "delivered";
                                batchId: string | null;
                                commitSha: string | null;
                                deliveredAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/sample-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a configuration of a sample project
         * @description Returns the event that a platform would send about it. The event is not sent: post it to /v1/events, or wait for the catch-up, which finds changes without events.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    project: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        componentId: string;
                        configId: string;
                        author: string;
                        description: string;
                        branchId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            type: "config_changed";
                            projectId: string;
                            branchId: string;
                            componentId: string;
                            configId: string;
                            newVersion: number;
                            author: string;
                            /** Format: date-time */
                            committedAt: string;
                            changeDescription: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                502: components["responses"]["502"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report changes: one event, or an array of up to 1,000
         * @description Each event is checked separately. 202 means that the accepted events are stored permanently; sending an event again is harmless. Fields that are not described here are kept. An event about a new branch also counts as accepted if the branch has no mirror yet but may get one automatically; such an event is only a hint and is not stored: the branches that the source lists decide.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": ({
                        /** @enum {string} */
                        type: "config_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        componentId: string;
                        configId: string;
                        newVersion?: number;
                        /** @description Of a change that has no version of its own; required without `newVersion`. */
                        eventId?: string;
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        diffRef?: string | null;
                        changeDescription?: string | null;
                        description?: string | null;
                    } | {
                        /** @enum {string} */
                        type: "job_finished";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        componentId: string;
                        configId?: string | null;
                        configVersion?: number | null;
                        runId: string;
                        /** @description SUCCESS, FAILED, CANCELLED, or another status of the platform. */
                        status: string;
                        author?: string | null;
                        startedAt?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        finishedAt: string;
                        inputs?: {
                            table: string;
                            columns?: string[];
                        }[];
                        outputs?: {
                            table: string;
                            columns?: string[];
                        }[];
                        stateDigest?: string | null;
                        artifactLinks?: string[];
                    } | {
                        /** @enum {string} */
                        type: "storage_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        tableId?: string | null;
                        bucketId?: string | null;
                        /** @enum {string} */
                        kind: "created" | "changed" | "imported" | "deleted";
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        eventId: string;
                    } | {
                        /** @enum {string} */
                        type: "branch_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        /** @enum {string} */
                        kind: "created" | "renamed" | "merged" | "deleted";
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        eventId: string;
                    }) | ({
                        /** @enum {string} */
                        type: "config_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        componentId: string;
                        configId: string;
                        newVersion?: number;
                        /** @description Of a change that has no version of its own; required without `newVersion`. */
                        eventId?: string;
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        diffRef?: string | null;
                        changeDescription?: string | null;
                        description?: string | null;
                    } | {
                        /** @enum {string} */
                        type: "job_finished";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        componentId: string;
                        configId?: string | null;
                        configVersion?: number | null;
                        runId: string;
                        /** @description SUCCESS, FAILED, CANCELLED, or another status of the platform. */
                        status: string;
                        author?: string | null;
                        startedAt?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        finishedAt: string;
                        inputs?: {
                            table: string;
                            columns?: string[];
                        }[];
                        outputs?: {
                            table: string;
                            columns?: string[];
                        }[];
                        stateDigest?: string | null;
                        artifactLinks?: string[];
                    } | {
                        /** @enum {string} */
                        type: "storage_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        tableId?: string | null;
                        bucketId?: string | null;
                        /** @enum {string} */
                        kind: "created" | "changed" | "imported" | "deleted";
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        eventId: string;
                    } | {
                        /** @enum {string} */
                        type: "branch_changed";
                        projectId: string;
                        branchId: string;
                        /** @description The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name. */
                        traceparent?: unknown;
                        /** @enum {string} */
                        kind: "created" | "renamed" | "merged" | "deleted";
                        author?: string | null;
                        /** @description ISO 8601 with a time zone. */
                        committedAt: string;
                        eventId: string;
                    })[];
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accepted: number;
                            /** @description Already known, from an earlier request or from this one. */
                            duplicates: number;
                            rejected: {
                                /** @description Position in the array, from 0. */
                                index: number;
                                /** @enum {string} */
                                code: "invalid_event" | "mirror_not_found" | "project_forbidden";
                                message: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the spaces that the caller may see */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                name: string;
                                /** @enum {string} */
                                state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                                /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                                waitingSaves: number;
                                openConflicts: number;
                                /** @description The number of entries of each kind that the caller may read. */
                                entries: {
                                    [key: string]: number;
                                };
                                repository: {
                                    url: string;
                                    branch: string;
                                    credentialId: string | null;
                                };
                                root: string;
                                syncedCommit: string | null;
                                lastSyncedAt: string | null;
                                lastCommit: {
                                    sha: string;
                                    /** Format: date-time */
                                    committedAt: string;
                                } | null;
                                outage: {
                                    /** Format: date-time */
                                    since: string;
                                    attempts: number;
                                    nextAttemptAt: string | null;
                                    notifiedAt: string | null;
                                    reason: {
                                        code: string;
                                        message: string;
                                    };
                                } | null;
                                kinds: {
                                    name: string;
                                    /** @description Below the space's root. */
                                    folder: string;
                                    file: string | null;
                                    /** @enum {string} */
                                    format: "markdown" | "json";
                                    titleField: string;
                                    /** @description Whether it contains personal data. */
                                    personal: boolean;
                                    /** @description JSON Schema of the fields. */
                                    schema: {
                                        [key: string]: unknown;
                                    };
                                }[];
                                /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                                problems: {
                                    count: number;
                                    /** @description At most 100. */
                                    first: {
                                        path: string;
                                        message: string;
                                    }[];
                                };
                                heldKinds: string | null;
                                heldRules: string | null;
                                webhook: {
                                    /** @enum {string} */
                                    scheme: "github" | "gitlab" | "gitea";
                                    secrets: number | null;
                                } | null;
                                checks: {
                                    address: string;
                                    model: string;
                                    credentialId: string | null;
                                    timeout: number;
                                    maxExamples: number;
                                } | null;
                                rules: {
                                    publicKinds: string[];
                                    index: boolean;
                                    notify: {
                                        emails: string[];
                                        channels: string[];
                                    };
                                    /** @description How many reviews may go on at once. */
                                    mostReviews: number;
                                    commits: {
                                        committer: {
                                            name: string;
                                            email: string;
                                        } | null;
                                        subjectPrefix: string;
                                        subjectSuffix: string;
                                        pushOptions: string[];
                                    };
                                    /** @enum {string} */
                                    secretsInText: "mask" | "warn" | "off";
                                    allowedSecrets: {
                                        paths: string[];
                                        fingerprints: string[];
                                    };
                                };
                                visibility: {
                                    /** @enum {string} */
                                    result: "public" | "private" | "unknown";
                                    reason: string;
                                    /** Format: date-time */
                                    checkedAt: string;
                                } | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                                pausedAt: string | null;
                                endedAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Create a space for a folder of a repository
         * @description The contents of the folder are read at once. No other space or mirror may write to it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        repository: {
                            url: string;
                            branch: string;
                            credentialId?: string | null;
                        };
                        /** @description The folder that contains the entries; '' is the root of the repository. Defaults to `knowledge`. */
                        root?: string;
                        webhook?: {
                            /** @enum {string} */
                            scheme: "github" | "gitlab" | "gitea";
                            /** @description Any of them is accepted: give both the old and the new one while you change it at the host. */
                            secrets: string[];
                        } | null;
                        checks?: {
                            /** @description An OpenAI-compatible API with its version, such as `https://api.example/v1`. */
                            address: string;
                            model: string;
                            credentialId?: string | null;
                            /** @description How long one answer may take, in seconds; defaults to 60. */
                            timeout?: number;
                            /** @description The most examples of one run, each of which is a request; defaults to 50. */
                            maxExamples?: number;
                        } | null;
                        rules?: {
                            /** @description Kinds with personal data that may be written even if anyone can read the repository. */
                            publicKinds?: string[];
                            /** @description Commit an index file for each kind; defaults to true. */
                            index?: boolean;
                            notify?: {
                                emails?: string[];
                                /** @description Ids of channels: see `/v1/notice-channels`. */
                                channels?: string[];
                            };
                            /** @description What the host asks of commits and pushes. */
                            commits?: {
                                committer?: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix?: string;
                                subjectSuffix?: string;
                                /** @description Sent with each push, such as `ci.skip`. A host that takes none refuses the push. */
                                pushOptions?: string[];
                            };
                            /**
                             * @description What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).
                             * @enum {string}
                             */
                            secretsInText?: "mask" | "warn" | "off";
                            /** @description What may stay although it looks like a secret. */
                            allowedSecrets?: {
                                /** @description Files that are not looked at; `*` matches any text. */
                                paths?: string[];
                                /** @description The fingerprints of findings that are no secrets, or may be seen. */
                                fingerprints?: string[];
                            };
                            /** @description Who must approve what, in addition to `.gitward/rules.yml` in the repository: see `GET …/review-rules`. */
                            review?: {
                                /** @description Unique. */
                                name: string;
                                /** @description The kinds of the changed entries; all, if it is missing. */
                                kinds?: string[];
                                /** @description Paths below the space's root, with `*` and `?`; an old or new path of a file counts. */
                                paths?: string[];
                                /** @description Fields that change, by their names at the top level, or `body` for the text. */
                                fields?: string[];
                                /** @description Whose changes: e-mail addresses, and `role:editor` for that role and lower ones. */
                                authors?: string[];
                                /** @description Whose approvals count: e-mail addresses, and `role:publisher` for that role and higher ones. Everybody who may write, if it is missing. */
                                approvers?: string[];
                                /** @description Defaults to 1. */
                                approvals?: number;
                                /** @description Whether an author's own approval counts, next to that of somebody else. Defaults to false. */
                                author?: boolean;
                            }[];
                            /** @description How many reviews may go on at once; defaults to 500. */
                            mostReviews?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A space's state
         * @description Only needs the database, so it also works while Temporal is unavailable.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        /**
         * End a space; the repository stays as it is
         * @description Refused while saves are waiting, unless `force` is given: then they will never be sent. The id cannot be used again.
         */
        delete: {
            parameters: {
                query?: {
                    force?: boolean;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a space
         * @description What is not given stays as it is. A space that moves to another place is read again from there, and waiting saves are applied to what is there; the root cannot be changed while saves are waiting.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        repository?: {
                            url?: string;
                            branch?: string;
                            credentialId?: string | null;
                        };
                        /** @description The folder that contains the entries; '' is the root of the repository. Defaults to `knowledge`. */
                        root?: string;
                        webhook?: {
                            /** @enum {string} */
                            scheme: "github" | "gitlab" | "gitea";
                            /** @description Any of them is accepted: give both the old and the new one while you change it at the host. */
                            secrets: string[];
                        } | null;
                        checks?: {
                            /** @description An OpenAI-compatible API with its version, such as `https://api.example/v1`. */
                            address: string;
                            model: string;
                            credentialId?: string | null;
                            /** @description How long one answer may take, in seconds; defaults to 60. */
                            timeout?: number;
                            /** @description The most examples of one run, each of which is a request; defaults to 50. */
                            maxExamples?: number;
                        } | null;
                        rules?: {
                            /** @description Kinds with personal data that may be written even if anyone can read the repository. */
                            publicKinds?: string[];
                            /** @description Commit an index file for each kind; defaults to true. */
                            index?: boolean;
                            notify?: {
                                emails?: string[];
                                /** @description Ids of channels: see `/v1/notice-channels`. */
                                channels?: string[];
                            };
                            /** @description What the host asks of commits and pushes. */
                            commits?: {
                                committer?: {
                                    name: string;
                                    email: string;
                                } | null;
                                subjectPrefix?: string;
                                subjectSuffix?: string;
                                /** @description Sent with each push, such as `ci.skip`. A host that takes none refuses the push. */
                                pushOptions?: string[];
                            };
                            /**
                             * @description What happens to secrets that are recognised in texts, such as a key in code or in a description: a mirror writes a placeholder, and a space refuses the save (`mask`, the default), they are only reported (`warn`), or not looked for (`off`).
                             * @enum {string}
                             */
                            secretsInText?: "mask" | "warn" | "off";
                            /** @description What may stay although it looks like a secret. */
                            allowedSecrets?: {
                                /** @description Files that are not looked at; `*` matches any text. */
                                paths?: string[];
                                /** @description The fingerprints of findings that are no secrets, or may be seen. */
                                fingerprints?: string[];
                            };
                            /** @description Who must approve what, in addition to `.gitward/rules.yml` in the repository: see `GET …/review-rules`. */
                            review?: {
                                /** @description Unique. */
                                name: string;
                                /** @description The kinds of the changed entries; all, if it is missing. */
                                kinds?: string[];
                                /** @description Paths below the space's root, with `*` and `?`; an old or new path of a file counts. */
                                paths?: string[];
                                /** @description Fields that change, by their names at the top level, or `body` for the text. */
                                fields?: string[];
                                /** @description Whose changes: e-mail addresses, and `role:editor` for that role and lower ones. */
                                authors?: string[];
                                /** @description Whose approvals count: e-mail addresses, and `role:publisher` for that role and higher ones. Everybody who may write, if it is missing. */
                                approvers?: string[];
                                /** @description Defaults to 1. */
                                approvals?: number;
                                /** @description Whether an author's own approval counts, next to that of somebody else. Defaults to false. */
                                author?: boolean;
                            }[];
                            /** @description How many reviews may go on at once; defaults to 500. */
                            mostReviews?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        trace?: never;
    };
    "/v1/spaces/{space}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a space's status (server-sent events)
         * @description Each event is named `status` and contains what GET of the space returns. When the space has ended, the stream ends.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": {
                            /** @description What it is called. */
                            event: string;
                            /** @description JSON. */
                            data: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Secrets that were recognised in entries in Git, by path and line
         * @description Where they are, and of what kind; never what they are. Of the kinds of entries that the caller may read.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                path: string;
                                /** @description From 1. */
                                line: number;
                                /** @description From 1, in UTF-16 code units. */
                                column: number;
                                /** @description The kind of secret, such as `keboola-token`. */
                                rule: string;
                                /** @description For `allowedSecrets`: the same for the same value, anywhere in this installation. */
                                fingerprint: string;
                                /** @description Whether a placeholder is in its place. */
                                masked: boolean;
                                /** Format: date-time */
                                since: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the branch now
         * @description Also sends waiting saves without waiting for the window to end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try again now
         * @description Ends the wait for the next attempt during an outage. What the Git host refused is sent again, and later saves to a branch that was protected are pushed again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send and read nothing until resumed
         * @description Saves are kept in the meantime.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume sending and reading
         * @description Sends what was saved while the space was paused.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a held space continue
         * @description Accepts the branch as it is now. Find out first why the space is held.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/accept-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept schema files that change a kind with personal data
         * @description Who may read the entries in its folder may change with it. `problems` of the space says what the files ask for. Accepts only the files that the space shows as `heldKinds`; 409 `kinds_moved` if others were pushed since. The branch is then read again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description `heldKinds` of the space as the admin saw it. */
                        heldKinds: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/accept-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept pushed rules of review that are weaker than those in force
         * @description Who must approve changes is then what the file in the repository says: see `waiting` of `GET …/review-rules`. Accepts only the file that the space shows as `heldRules`; 409 `rules_moved` if another was pushed since. The branch is then read again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description `heldRules` of the space as the admin saw it. */
                        heldRules: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                            /** @description Saves that were accepted, but are not in Git yet. These numbers and `state` are about what the caller may read. */
                            waitingSaves: number;
                            openConflicts: number;
                            /** @description The number of entries of each kind that the caller may read. */
                            entries: {
                                [key: string]: number;
                            };
                            repository: {
                                url: string;
                                branch: string;
                                credentialId: string | null;
                            };
                            root: string;
                            syncedCommit: string | null;
                            lastSyncedAt: string | null;
                            lastCommit: {
                                sha: string;
                                /** Format: date-time */
                                committedAt: string;
                            } | null;
                            outage: {
                                /** Format: date-time */
                                since: string;
                                attempts: number;
                                nextAttemptAt: string | null;
                                notifiedAt: string | null;
                                reason: {
                                    code: string;
                                    message: string;
                                };
                            } | null;
                            kinds: {
                                name: string;
                                /** @description Below the space's root. */
                                folder: string;
                                file: string | null;
                                /** @enum {string} */
                                format: "markdown" | "json";
                                titleField: string;
                                /** @description Whether it contains personal data. */
                                personal: boolean;
                                /** @description JSON Schema of the fields. */
                                schema: {
                                    [key: string]: unknown;
                                };
                            }[];
                            /** @description Files that cannot be used: of the kinds that the caller may read and, if these are all, schema files and rules. */
                            problems: {
                                count: number;
                                /** @description At most 100. */
                                first: {
                                    path: string;
                                    message: string;
                                }[];
                            };
                            heldKinds: string | null;
                            heldRules: string | null;
                            webhook: {
                                /** @enum {string} */
                                scheme: "github" | "gitlab" | "gitea";
                                secrets: number | null;
                            } | null;
                            checks: {
                                address: string;
                                model: string;
                                credentialId: string | null;
                                timeout: number;
                                maxExamples: number;
                            } | null;
                            rules: {
                                publicKinds: string[];
                                index: boolean;
                                notify: {
                                    emails: string[];
                                    channels: string[];
                                };
                                /** @description How many reviews may go on at once. */
                                mostReviews: number;
                                commits: {
                                    committer: {
                                        name: string;
                                        email: string;
                                    } | null;
                                    subjectPrefix: string;
                                    subjectSuffix: string;
                                    pushOptions: string[];
                                };
                                /** @enum {string} */
                                secretsInText: "mask" | "warn" | "off";
                                allowedSecrets: {
                                    paths: string[];
                                    fingerprints: string[];
                                };
                            };
                            visibility: {
                                /** @enum {string} */
                                result: "public" | "private" | "unknown";
                                reason: string;
                                /** Format: date-time */
                                checkedAt: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            pausedAt: string | null;
                            endedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/review-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who must approve which changes
         * @description The rules of `.gitward/rules.yml` in the repository and those of the settings (`rules.review`) are in force together.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The rules in force. To a caller who may not read all kinds, only those that are limited to kinds that they may read. */
                            rules: {
                                /** @description Unique. */
                                name: string;
                                /** @description The kinds of the changed entries; all, if it is missing. */
                                kinds?: string[];
                                /** @description Paths below the space's root, with `*` and `?`; an old or new path of a file counts. */
                                paths?: string[];
                                /** @description Fields that change, by their names at the top level, or `body` for the text. */
                                fields?: string[];
                                /** @description Whose changes: e-mail addresses, and `role:editor` for that role and lower ones. */
                                authors?: string[];
                                /** @description Whose approvals count: e-mail addresses, and `role:publisher` for that role and higher ones. Everybody who may write, if it is missing. */
                                approvers?: string[];
                                approvals: number;
                                /** @description Whether an author's own approval counts, next to that of somebody else. */
                                author: boolean;
                                /** @enum {string} */
                                from: "repository" | "settings";
                            }[];
                            waiting: {
                                digest: string;
                                rules: {
                                    /** @description Unique. */
                                    name: string;
                                    /** @description The kinds of the changed entries; all, if it is missing. */
                                    kinds?: string[];
                                    /** @description Paths below the space's root, with `*` and `?`; an old or new path of a file counts. */
                                    paths?: string[];
                                    /** @description Fields that change, by their names at the top level, or `body` for the text. */
                                    fields?: string[];
                                    /** @description Whose changes: e-mail addresses, and `role:editor` for that role and lower ones. */
                                    authors?: string[];
                                    /** @description Whose approvals count: e-mail addresses, and `role:publisher` for that role and higher ones. Everybody who may write, if it is missing. */
                                    approvers?: string[];
                                    approvals: number;
                                    /** @description Whether an author's own approval counts, next to that of somebody else. */
                                    author: boolean;
                                }[];
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export everything to Git
         * @description Sends waiting saves, updates index files, and saves entries again that are missing on the branch.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Only report what it would do.
                         * @default false
                         */
                        dryRun?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            /** @enum {string} */
                            type: "export" | "sync" | "import" | "check";
                            dryRun: boolean;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description 100 only when it is done. */
                            percent: number;
                            total: number;
                            done: number;
                            /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                            counts: {
                                [key: string]: number;
                            };
                            current: string | null;
                            by: string;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                            errors: {
                                name: string;
                                place: string | null;
                                entryId: string | null;
                                outcome: string | null;
                                message: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync everything from Git
         * @description Reads every file of the branch again, even files that did not change.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Only report what it would do.
                         * @default false
                         */
                        dryRun?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            /** @enum {string} */
                            type: "export" | "sync" | "import" | "check";
                            dryRun: boolean;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description 100 only when it is done. */
                            percent: number;
                            total: number;
                            done: number;
                            /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                            counts: {
                                [key: string]: number;
                            };
                            current: string | null;
                            by: string;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                            errors: {
                                name: string;
                                place: string | null;
                                entryId: string | null;
                                outcome: string | null;
                                message: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/actions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import files or a table
         * @description Existing entries only change if they differ; an item that fails does not stop the others. Importing the same again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Only report what it would do.
                         * @default false
                         */
                        dryRun?: boolean;
                        /** @description The kind of table rows, and of files that are not in the folder of a kind. */
                        kind?: string;
                        /**
                         * @description Whether existing entries are changed.
                         * @default true
                         */
                        update?: boolean;
                        items?: {
                            /** @description The file's path below the space's root, such as `customers/acme.md`. */
                            name: string;
                            /** @description The file's text. */
                            content: string;
                        }[];
                        /** @enum {string} */
                        format?: "csv" | "json";
                        /** @description CSV with a header row, or JSON: a list of objects, or an object that contains such a list. Column names are field names. */
                        content?: string;
                        /** @description Where columns of the table go, by their names: to the field of this name, to the text (`body`), or nowhere (`null`). Others go to the field that is called as they are. */
                        columns?: {
                            [key: string]: string | null;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            /** @enum {string} */
                            type: "export" | "sync" | "import" | "check";
                            dryRun: boolean;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description 100 only when it is done. */
                            percent: number;
                            total: number;
                            done: number;
                            /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                            counts: {
                                [key: string]: number;
                            };
                            current: string | null;
                            by: string;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                            errors: {
                                name: string;
                                place: string | null;
                                entryId: string | null;
                                outcome: string | null;
                                message: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                space: string;
                                /** @enum {string} */
                                type: "export" | "sync" | "import" | "check";
                                dryRun: boolean;
                                /** @enum {string} */
                                state: "waiting" | "running" | "done" | "failed" | "cancelled";
                                /** @description 100 only when it is done. */
                                percent: number;
                                total: number;
                                done: number;
                                /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                                counts: {
                                    [key: string]: number;
                                };
                                current: string | null;
                                by: string;
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                                failure: {
                                    code: string;
                                    message: string;
                                } | null;
                                /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                                errors: {
                                    name: string;
                                    place: string | null;
                                    entryId: string | null;
                                    outcome: string | null;
                                    message: string | null;
                                }[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/operations/{operation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An operation's progress */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    items?: "all" | "failed";
                    /** @description Only items with this outcome. */
                    outcome?: "created" | "changed" | "unchanged" | "skipped" | "read" | "invalid" | "conflict" | "failed" | "passed" | "error" | "needs_person" | "would_create" | "would_change" | "would_read" | "would_remove";
                };
                header?: never;
                path: {
                    space: string;
                    operation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            /** @enum {string} */
                            type: "export" | "sync" | "import" | "check";
                            dryRun: boolean;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description 100 only when it is done. */
                            percent: number;
                            total: number;
                            done: number;
                            /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                            counts: {
                                [key: string]: number;
                            };
                            current: string | null;
                            by: string;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                            errors: {
                                name: string;
                                place: string | null;
                                entryId: string | null;
                                outcome: string | null;
                                message: string | null;
                            }[];
                            items?: {
                                items: {
                                    name: string;
                                    place: string | null;
                                    entryId: string | null;
                                    outcome: string | null;
                                    message: string | null;
                                }[];
                                nextCursor: string | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/operations/{operation}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an operation (server-sent events)
         * @description Each event is named `status` and contains what GET of the operation returns. When the operation has ended, the stream ends after a last event.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    operation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": {
                            /** @description What it is called. */
                            event: string;
                            /** @description JSON. */
                            data: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/operations/{operation}/actions/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an operation
         * @description What it has already done stays. Cancelling an ended operation does nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    operation: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            /** @enum {string} */
                            type: "export" | "sync" | "import" | "check";
                            dryRun: boolean;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description 100 only when it is done. */
                            percent: number;
                            total: number;
                            done: number;
                            /** @description Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, … */
                            counts: {
                                [key: string]: number;
                            };
                            current: string | null;
                            by: string;
                            /** Format: date-time */
                            startedAt: string;
                            endedAt: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`. */
                            errors: {
                                name: string;
                                place: string | null;
                                entryId: string | null;
                                outcome: string | null;
                                message: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search entries
         * @description Includes saves that are not in Git yet, and entries that were removed and have an open conflict (their `blob` is `null`). With `env`, the entries of one `kind` as that environment has them, by their ids; 422 if there are more than 500.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    kind?: string;
                    status?: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                    /** @description Words in the text (the last one may be a prefix), and fields: `acme tier:gold owners.name:"Eva Nová"`. */
                    q?: string;
                    /** @description `title` (the default), `updated`, `id` or a field; a leading `-` reverses the order. */
                    sort?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                kind: string;
                                /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                                path: string;
                                title: string;
                                fields: {
                                    [key: string]: unknown;
                                };
                                blob: string | null;
                                /** @enum {string} */
                                syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                                lastSyncedAt: string | null;
                                gitCommitSha: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                updatedBy: string | null;
                                failure: {
                                    code: string;
                                    message: string;
                                } | null;
                                problem: {
                                    line: number;
                                    message: string;
                                } | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Create an entry
         * @description An id is generated if `fields` has none, and the file is named after the slug, title or id. Dates that the kind has (`created`, `updated`, `x-updated`) default to today. 202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        kind: string;
                        /** @description The file's name, without its extension and folder. It is spelled as a title's would be. */
                        slug?: string;
                        fields: {
                            [key: string]: unknown;
                        };
                        body?: string;
                        /** @description The commit message; defaults to a description of the change. */
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        } | {
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an entry, as it is now or as it was earlier */
        get: {
            parameters: {
                query?: {
                    /** @description As of this commit: its id, or the first digits of it. */
                    ref?: string;
                    /** @description As of a date, or `1w`, `1m`, `6m`, `1y` ago. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Change an entry
         * @description `fields` changes only the bytes of those fields; `text` replaces the whole file. The file keeps its line ends, its byte order mark and whether it ends with a line end, whatever is sent. What the kind marks with `x-updated` is set to the present, unless the edit sets it. An edit that changes nothing creates no commit. If `base` is no longer the head, the answer is 409 with `base`, `theirs`, `yours` and their `merge`. 202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.
         */
        put: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `blob` that you saw, or the first digits of it. */
                        base: string;
                        /** @description Only the fields to change; `null` removes a field. */
                        fields?: {
                            [key: string]: unknown;
                        };
                        body?: string;
                        text?: string;
                        /** @description The commit message; defaults to a description of the change. */
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        } | {
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /** Remove an entry; its history is kept, and any version can be restored */
        delete: {
            parameters: {
                query: {
                    /** @description The `blob` that you saw, or the first digits of it. */
                    base: string;
                    /** @description The commit message; defaults to a description of the change. */
                    message?: string;
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            };
                        } | null;
                    };
                };
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/rendered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the text of an entry with all includes resolved
         * @description As it is now, including saves that are not in Git yet. Every included entry must be one that the caller may read. Otherwise it is 422 `includes_broken`, with all broken includes in `broken`: `code` (`include_not_found`, `include_unreadable`, `include_malformed`, `include_circular`, `include_limit`), the entry that has the line (`space`, `id`), `line`, `include` and `message`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            body: string;
                            /** @description The entries whose texts are in it, each once. If none of them changes, nor does the body. */
                            includes: {
                                space: string;
                                id: string;
                                kind: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/actions/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an entry's file another name, or move it within the folder of its kind
         * @description The move is a save: waiting edits and pushes to the old file come along. If a push moves the file elsewhere in the meantime, it stays there. 202 if `wait=commit` took too long (the save is still accepted), or with `review` if others have to approve it first.
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `blob` that you saw, or the first digits of it. */
                        base: string;
                        /** @description The file's new name in its folder; its extension may be left out. */
                        slug?: string;
                        /** @description The file's new path in the repository, in the folder of its kind. */
                        path?: string;
                        /** @description The commit message; defaults to a description of the change. */
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        } | {
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your drafts
         * @description Drafts are private: each caller sees their own.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    changeSet?: string;
                    /** @description Only the draft of this entry. */
                    entry?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                /** @description The id that the entry has, or will have. */
                                entry: string;
                                kind: string;
                                /** @enum {string} */
                                action: "create" | "edit" | "delete";
                                title: string;
                                base: string | null;
                                changeSet: string | null;
                                revision: number;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/drafts/{draft}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one of your drafts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    draft: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description The id that the entry has, or will have. */
                            entry: string;
                            kind: string;
                            /** @enum {string} */
                            action: "create" | "edit" | "delete";
                            title: string;
                            base: string | null;
                            changeSet: string | null;
                            revision: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            slug: string | null;
                            fields: {
                                [key: string]: unknown;
                            };
                            body: string;
                            text: string | null;
                            /** @description What would have to be mended before it is published. */
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description Whether the entry has changed since the base: publishing it is then a 409. */
                            outdated: boolean;
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[] | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Write a draft
         * @description The id is a UUID that you choose, so that a request can be repeated. What is written may have any problem. There is one draft of each entry: 409 `draft_exists` names the other one.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    draft: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The id of the entry. */
                        entry?: string;
                        /** @description The `blob` that you saw, or its first digits. */
                        base?: string;
                        kind?: string;
                        /** @description The name of a new entry's file. */
                        slug?: string;
                        /** @description Of an entry only those that differ from the base; `null` removes a field. */
                        fields?: {
                            [key: string]: unknown;
                        };
                        body?: string;
                        text?: string;
                        /**
                         * @description Publishing it removes the entry.
                         * @enum {boolean}
                         */
                        remove?: true;
                        changeSet?: string | null;
                        /** @description The revision that you saw last (0: none): 409 `draft_moved` if it was written since. Without it, the draft is overwritten. */
                        revision?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description The id that the entry has, or will have. */
                            entry: string;
                            kind: string;
                            /** @enum {string} */
                            action: "create" | "edit" | "delete";
                            title: string;
                            base: string | null;
                            changeSet: string | null;
                            revision: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            slug: string | null;
                            fields: {
                                [key: string]: unknown;
                            };
                            body: string;
                            text: string | null;
                            /** @description What would have to be mended before it is published. */
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description Whether the entry has changed since the base: publishing it is then a 409. */
                            outdated: boolean;
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[] | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /** Discard one of your drafts */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    draft: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/change-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your change sets */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                title: string;
                                description: string;
                                /** @description How many drafts are in it. */
                                drafts: number;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Begin a change of several entries
         * @description Write drafts with its id as `changeSet` (at most 200); they are published together, as one commit.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title: string;
                        description?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            title: string;
                            description: string;
                            /** @description How many drafts are in it. */
                            drafts: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/change-sets/{changeSet}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one of your change sets
         * @description Its drafts are listed by `GET …/drafts?changeSet=`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    changeSet: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            title: string;
                            description: string;
                            /** @description How many drafts are in it. */
                            drafts: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        /** Remove one of your change sets; its drafts are kept */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    changeSet: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        /** Give a change set another title or description */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    changeSet: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title?: string;
                        description?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            title: string;
                            description: string;
                            /** @description How many drafts are in it. */
                            drafts: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        trace?: never;
    };
    "/v1/spaces/{space}/drafts/{draft}/actions/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish one of your drafts
         * @description It becomes a save, and is no draft any more. 202 if `wait=commit` took too long (what was published is still accepted), or if others have to approve it first (`review`).
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    draft: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The commit message of a single draft. */
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The ids of the entries. */
                            entries: string[];
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The ids of the entries. */
                            entries: string[];
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/change-sets/{changeSet}/actions/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish all drafts of a change set as one commit
         * @description All of them or, if one cannot be saved, none. 202 if `wait=commit` took too long (what was published is still accepted), or if others have to approve it first (`review`).
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    changeSet: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The ids of the entries. */
                            entries: string[];
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The ids of the entries. */
                            entries: string[];
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/drafts/{draft}/actions/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring one of your drafts up to date with its entry
         * @description Merges what its entry has become into the draft, whose base is the present entry then. Where both changed the same, the answer is 409 `base_stale` with all sides; `take` decides all of that, or `parts` each part.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    draft: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        take?: "git" | "mine";
                        parts?: {
                            [key: string]: ("git" | "mine") | {
                                value: unknown;
                            };
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description The id that the entry has, or will have. */
                            entry: string;
                            kind: string;
                            /** @enum {string} */
                            action: "create" | "edit" | "delete";
                            title: string;
                            base: string | null;
                            changeSet: string | null;
                            revision: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            slug: string | null;
                            fields: {
                                [key: string]: unknown;
                            };
                            body: string;
                            text: string | null;
                            /** @description What would have to be mended before it is published. */
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description Whether the entry has changed since the base: publishing it is then a 409. */
                            outdated: boolean;
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[] | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/editors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who else is writing an entry
         * @description Others whose draft of it was written within the last five minutes. What they write stays theirs.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Those who wrote last come first; at most 20. */
                            items: {
                                name: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List changes that others approve before they are saved, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    state?: "under_way" | "ended";
                    entry?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                failure: {
                                    code: string;
                                    message: string;
                                } | null;
                                /** @description How it ended; empty while it goes on. */
                                outcome: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                                endedAt: string | null;
                                /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                                awaitsYou: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a review: what it changes, who said what, and what is missing
         * @description Of one that is over, with the whole texts that were proposed: nothing is lost when a host deletes its branch.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only this file, with its text. */
                    path?: string;
                };
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve what a review changes
         * @description Once everybody has approved who must, it is merged. An approval is for one version (`head`): if somebody changes the branch, it no longer counts.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `head` that you saw, or its first digits (at least 4): 409 if it moved. */
                        head: string;
                        comment?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/request-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for changes before a review is merged
         * @description Until you approve it, or withdraw this, it is not merged.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `head` that you saw, or its first digits (at least 4): 409 if it moved. */
                        head: string;
                        comment?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back what you said about a review
         * @description Neither your approval nor your wish for changes counts any more.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `head` that you saw, or its first digits (at least 4): 409 if it moved. */
                        head: string;
                        comment?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a review merged once it is approved
         * @description Needed only where nobody has to approve it here, such as on a branch that the host protects: it is merged when the host lets us.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a review without merging it
         * @description By who asked for it, or a publisher. The pull request is closed as well.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/reviews/{review}/actions/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a wish for changes, or that commits name somebody as an author
         * @description `wish`: what somebody asked for no longer counts. `author`: somebody whom only commits name may approve what is at `head`; a later change may name them again. Both are kept and shown.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    /** @description Its number. */
                    review: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        what: "wish" | "author";
                        /** @description Whose. */
                        email: string;
                        /** @description The `head` that you saw, or its first digits (at least 4): 409 if it moved. */
                        head: string;
                        /** @description Why; it is shown. */
                        comment: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            number: number;
                            title: string;
                            /** @enum {string} */
                            state: "opening" | "open" | "merging" | "merged" | "closed";
                            pullRequest: {
                                number: number;
                                url: string;
                                host: string;
                            } | null;
                            author: {
                                name: string;
                                email: string;
                            };
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description How it ended; empty while it goes on. */
                            outcome: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            endedAt: string | null;
                            /** @description Whether it waits for your approval: it would count, and you have not said anything of this version yet. */
                            awaitsYou: boolean;
                            description: string;
                            /** @description The Git branch with the change. */
                            branch: string;
                            head: string | null;
                            /** @description Whether everybody has approved who must. */
                            satisfied: boolean;
                            /** @description What is missing, in sentences. */
                            missing: string[];
                            /** @description Whose own approvals are not enough. */
                            authors: {
                                email: string;
                                /** @description Whether only commits say so, which anybody who may push can write. */
                                named: boolean;
                                /** @description The admin who said that they are none, for what is there now. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                                dismissedWhy: string;
                            }[];
                            needs: {
                                name: string;
                                approvals: number;
                                approvers: string[] | null;
                                author: boolean;
                            }[];
                            /** @description All that was said here, oldest first. */
                            approvals: {
                                name: string;
                                email: string;
                                /** @enum {string} */
                                verdict: "approved" | "changes_requested" | "withdrawn";
                                comment: string;
                                head: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description How the host was told: in their own name, or as a comment of Gitward; `null`: not yet. */
                                toldAs: ("approval" | "comment") | null;
                                /** @description Why not in their own name, although they have a token. */
                                toldWhy: string;
                                /** @description The admin who ended their wish for changes; the comment is theirs. */
                                dismissedBy: {
                                    name: string;
                                    email: string;
                                } | null;
                            }[];
                            /** @description At most 200; the others are in the pull request. */
                            items: {
                                /** @description Empty for a file that is no entry. */
                                entry: string;
                                kind: string | null;
                                path: string;
                                action: string;
                                moveTo: string | null;
                                title: string;
                                diff: string | null;
                                /** @description The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`. */
                                text: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An entry's versions in Git, newest first
         * @description Follows renames; also works for entries that were removed.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description A commit's id: 40 hex digits. */
                                commit: string;
                                /** Format: date-time */
                                at: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** @enum {string} */
                                via: "api" | "import" | "push";
                                subject: string;
                                path: string;
                                previousPath: string | null;
                                blob: string | null;
                                removed: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two versions */
        get: {
            parameters: {
                query: {
                    /** @description A commit (its id, or the first digits of it), a date, or how long ago: `1w`, `1m`, `6m`, `1y`. */
                    from: string;
                    /** @description Like `from`; defaults to the entry as it is now. */
                    to?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            from: {
                                commit: string | null;
                                /** Format: date-time */
                                at: string;
                                path: string;
                                blob: string;
                            } | null;
                            to: {
                                commit: string | null;
                                /** Format: date-time */
                                at: string;
                                path: string;
                                blob: string;
                            } | null;
                            fields: {
                                field: string;
                                /** @description Absent if the field was added. */
                                from?: unknown;
                                /** @description Absent if the field was removed. */
                                to?: unknown;
                            }[];
                            body: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who wrote each line
         * @description For a version in Git, following first parents. Takes up to 10 s.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A moment, like `from` of a comparison; defaults to the newest version in Git. */
                    at?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description A commit's id: 40 hex digits. */
                            commit: string;
                            path: string;
                            /** @description Whether there are saves that are not in Git yet, and so not in the lines. */
                            waiting: boolean;
                            lines: {
                                /** @description Counted from 1. */
                                line: number;
                                /** @description A commit's id: 40 hex digits. */
                                commit: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** Format: date-time */
                                at: string;
                                text: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/sync-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an entry between Gitward and Git, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                direction: "to_git" | "from_git";
                                outcome: string;
                                commit: string | null;
                                actor: string | null;
                                message: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/entries/{entry}/actions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save the text of an earlier version again
         * @description Creates a new commit. Also brings back an entry that was removed.
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    entry: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Restores the version as of this commit: its id, or the first digits of it. */
                        commit: string;
                        /** @description The entry's current `blob`, or the first digits of it; leave it out for an entry that was removed. */
                        base?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            kind: string;
                            /** @description Where its file is in the repository, or will be once a waiting move is sent. */
                            path: string;
                            title: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            blob: string | null;
                            /** @enum {string} */
                            syncStatus: "synced" | "pending" | "in_review" | "conflict" | "invalid" | "error";
                            lastSyncedAt: string | null;
                            gitCommitSha: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string | null;
                            failure: {
                                code: string;
                                message: string;
                            } | null;
                            body: string;
                            text: string | null;
                            commit: string | null;
                            problems: {
                                code: string;
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                            /** @description What other programs may read differently, such as a text that looks like a number. */
                            hints: {
                                line: number;
                                pointer: string;
                                message: string;
                            }[];
                        } | {
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What commits changed in a space, newest first
         * @description A commit that changed several entries has an item for each of them.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description Only changes of this kind. */
                    kind?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                entryId: string;
                                kind: string;
                                /** @description A commit's id: 40 hex digits. */
                                commit: string;
                                /** Format: date-time */
                                at: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** @enum {string} */
                                via: "api" | "import" | "push";
                                subject: string;
                                path: string;
                                previousPath: string | null;
                                blob: string | null;
                                removed: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/commits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commits that changed entries, newest first
         * @description Each commit is one item, however many entries it changed; `GET …/changes` has an item for each entry.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description A commit's id: 40 hex digits. */
                                commit: string;
                                /** Format: date-time */
                                at: string;
                                author: {
                                    name: string;
                                    email: string;
                                };
                                /** @enum {string} */
                                via: "api" | "import" | "push";
                                subject: string;
                                /** @description How many entries it changed. */
                                count: number;
                                /** @description The first five of them, by id. */
                                entries: {
                                    id: string;
                                    kind: string;
                                    path: string;
                                    title: string | null;
                                    /** @enum {string} */
                                    change: "added" | "edited" | "moved" | "removed";
                                }[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conflicts, oldest first
         * @description Lists open conflicts by default; see `state`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    state?: "open" | "settled";
                    kind?: string;
                    /** @description Only those of this entry. */
                    entry?: string;
                };
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                entryId: string;
                                kind: string;
                                path: string;
                                /**
                                 * @description `clash`: a save and a commit changed the same thing. `lost`: what was saved had been in the branch, and whoever rewrote the branch dropped it; `mine` is the entry with that, and `git` the entry without.
                                 * @enum {string}
                                 */
                                cause: "clash" | "lost";
                                /** Format: date-time */
                                createdAt: string;
                                mine: {
                                    by: string;
                                    /** Format: date-time */
                                    at: string;
                                };
                                git: {
                                    by: string | null;
                                    at: string | null;
                                    commit: string | null;
                                };
                                settled: {
                                    /** @enum {string} */
                                    how: "git" | "mine" | "parts" | "text";
                                    by: string;
                                    /** Format: date-time */
                                    at: string;
                                    saveId: string | null;
                                } | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/conflicts/{conflict}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conflict with its parts
         * @description An open conflict is compared with the entry as it is now, a settled one with the entry as it was when the conflict was settled.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    conflict: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            entryId: string;
                            kind: string;
                            path: string;
                            /**
                             * @description `clash`: a save and a commit changed the same thing. `lost`: what was saved had been in the branch, and whoever rewrote the branch dropped it; `mine` is the entry with that, and `git` the entry without.
                             * @enum {string}
                             */
                            cause: "clash" | "lost";
                            /** Format: date-time */
                            createdAt: string;
                            mine: {
                                by: string;
                                /** Format: date-time */
                                at: string;
                            };
                            git: {
                                by: string | null;
                                at: string | null;
                                commit: string | null;
                            };
                            settled: {
                                /** @enum {string} */
                                how: "git" | "mine" | "parts" | "text";
                                by: string;
                                /** Format: date-time */
                                at: string;
                                saveId: string | null;
                            } | null;
                            blob: string | null;
                            /** @description What clashes; empty if later changes have resolved the conflict, so that either side can be taken. */
                            parts: {
                                id: string;
                                /** @enum {string} */
                                what: "field" | "paragraph" | "file";
                                pointer: string;
                                base: unknown;
                                git: unknown;
                                mine: unknown;
                            }[];
                            texts: {
                                base: string | null;
                                git: string | null;
                                mine: string | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/conflicts/{conflict}/actions/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle a conflict
         * @description Choose one side for everything, a side or a value for each part, or give the whole text; what does not clash is merged. Both sides are kept, so settling it again undoes the first choice.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    conflict: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        take?: "git" | "mine";
                        parts?: {
                            [key: string]: ("git" | "mine") | {
                                value: unknown;
                            };
                        };
                        text?: string;
                        /** @description The `blob` that you saw; if it has changed since, nothing is settled. */
                        blob?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            entryId: string;
                            kind: string;
                            path: string;
                            /**
                             * @description `clash`: a save and a commit changed the same thing. `lost`: what was saved had been in the branch, and whoever rewrote the branch dropped it; `mine` is the entry with that, and `git` the entry without.
                             * @enum {string}
                             */
                            cause: "clash" | "lost";
                            /** Format: date-time */
                            createdAt: string;
                            mine: {
                                by: string;
                                /** Format: date-time */
                                at: string;
                            };
                            git: {
                                by: string | null;
                                at: string | null;
                                commit: string | null;
                            };
                            settled: {
                                /** @enum {string} */
                                how: "git" | "mine" | "parts" | "text";
                                by: string;
                                /** Format: date-time */
                                at: string;
                                saveId: string | null;
                            } | null;
                            blob: string | null;
                            /** @description What clashes; empty if later changes have resolved the conflict, so that either side can be taken. */
                            parts: {
                                id: string;
                                /** @enum {string} */
                                what: "field" | "paragraph" | "file";
                                pointer: string;
                                base: unknown;
                                git: unknown;
                                mine: unknown;
                            }[];
                            texts: {
                                base: string | null;
                                git: string | null;
                                mine: string | null;
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/conflicts/actions/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle several conflicts in the same way
         * @description Each conflict is settled separately: if one is refused, its result says why, and the others are still settled.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: string[];
                        /** @enum {string} */
                        take: "git" | "mine";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            results: {
                                id: string;
                                /** @enum {string} */
                                outcome: "settled" | "refused";
                                saveId: string | null;
                                code: string | null;
                                detail: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the environments of a space, `latest` first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                name: string;
                                title: string;
                                protected: boolean;
                                /** @description Whether prompts must have passed their checks before they are moved into it. */
                                requireChecks: boolean;
                                ref: string | null;
                                commit: string | null;
                                /** @description The entries that have a commit of their own. */
                                entries: {
                                    [key: string]: string;
                                };
                                experiments: {
                                    [key: string]: {
                                        arms: {
                                            name: string;
                                            commit: string | null;
                                            variant: string | null;
                                            weight: number;
                                        }[];
                                    };
                                };
                                blob: string | null;
                                updatedAt: string | null;
                                updatedBy: string | null;
                                /** @description Why nothing can be read by it. */
                                problems: {
                                    pointer: string;
                                    message: string;
                                }[];
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/environments/{environment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an environment */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    environment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            title: string;
                            protected: boolean;
                            /** @description Whether prompts must have passed their checks before they are moved into it. */
                            requireChecks: boolean;
                            ref: string | null;
                            commit: string | null;
                            /** @description The entries that have a commit of their own. */
                            entries: {
                                [key: string]: string;
                            };
                            experiments: {
                                [key: string]: {
                                    arms: {
                                        name: string;
                                        commit: string | null;
                                        variant: string | null;
                                        weight: number;
                                    }[];
                                };
                            };
                            blob: string | null;
                            updatedAt: string | null;
                            updatedBy: string | null;
                            /** @description Why nothing can be read by it. */
                            problems: {
                                pointer: string;
                                message: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/environments/{environment}/earlier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show where an environment, or one entry in it, pointed before
         * @description That is where a rollback goes.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only this entry; otherwise the whole environment. */
                    entry?: string;
                };
                header?: never;
                path: {
                    space: string;
                    environment: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            earlier: {
                                commit: string | null;
                                ref: string | null;
                                entries: {
                                    [key: string]: string;
                                };
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/environments/{environment}/actions/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an environment, or one entry in it, to what another environment or a commit has
         * @description A save of its file by the caller, which takes effect at once and becomes a commit. 409 `base_stale`: somebody else has moved it meanwhile. 202 if `wait=commit` took too long, or with `review` if others have to approve it first, as where it is `protected`: it then points where it did until that is merged. 409 `checks_needed`: it requires checks, and a version of a prompt has not passed them.
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    environment: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Only this entry; otherwise the whole environment. */
                        entry?: string;
                        /** @description Another environment, or a commit; defaults to `latest`. */
                        from?: string;
                        /** @description The `blob` of the environment that you saw, or the first digits of it. */
                        base?: string;
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            environment: {
                                name: string;
                                title: string;
                                protected: boolean;
                                /** @description Whether prompts must have passed their checks before they are moved into it. */
                                requireChecks: boolean;
                                ref: string | null;
                                commit: string | null;
                                /** @description The entries that have a commit of their own. */
                                entries: {
                                    [key: string]: string;
                                };
                                experiments: {
                                    [key: string]: {
                                        arms: {
                                            name: string;
                                            commit: string | null;
                                            variant: string | null;
                                            weight: number;
                                        }[];
                                    };
                                };
                                blob: string | null;
                                updatedAt: string | null;
                                updatedBy: string | null;
                                /** @description Why nothing can be read by it. */
                                problems: {
                                    pointer: string;
                                    message: string;
                                }[];
                            };
                            entry: string | null;
                            before: string | null;
                            after: string | null;
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            environment: {
                                name: string;
                                title: string;
                                protected: boolean;
                                /** @description Whether prompts must have passed their checks before they are moved into it. */
                                requireChecks: boolean;
                                ref: string | null;
                                commit: string | null;
                                /** @description The entries that have a commit of their own. */
                                entries: {
                                    [key: string]: string;
                                };
                                experiments: {
                                    [key: string]: {
                                        arms: {
                                            name: string;
                                            commit: string | null;
                                            variant: string | null;
                                            weight: number;
                                        }[];
                                    };
                                };
                                blob: string | null;
                                updatedAt: string | null;
                                updatedBy: string | null;
                                /** @description Why nothing can be read by it. */
                                problems: {
                                    pointer: string;
                                    message: string;
                                }[];
                            };
                            entry: string | null;
                            before: string | null;
                            after: string | null;
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/environments/{environment}/actions/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an environment, or one entry in it, back to where it pointed before
         * @description Like a promotion. 409 `nothing_before`: its history has no other place. After a rollback, the place before is the one that was rolled back. What was there needs no checks, unless it followed a branch.
         */
        post: {
            parameters: {
                query?: {
                    wait?: "commit";
                    /** @description Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between. */
                    confirmSecrets?: string;
                };
                header?: never;
                path: {
                    space: string;
                    environment: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Only this entry; otherwise the whole environment. */
                        entry?: string;
                        /** @description A commit; defaults to where it pointed before, by the history of its file. */
                        to?: string;
                        /** @description The `blob` of the environment that you saw, or the first digits of it. */
                        base?: string;
                        message?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            environment: {
                                name: string;
                                title: string;
                                protected: boolean;
                                /** @description Whether prompts must have passed their checks before they are moved into it. */
                                requireChecks: boolean;
                                ref: string | null;
                                commit: string | null;
                                /** @description The entries that have a commit of their own. */
                                entries: {
                                    [key: string]: string;
                                };
                                experiments: {
                                    [key: string]: {
                                        arms: {
                                            name: string;
                                            commit: string | null;
                                            variant: string | null;
                                            weight: number;
                                        }[];
                                    };
                                };
                                blob: string | null;
                                updatedAt: string | null;
                                updatedBy: string | null;
                                /** @description Why nothing can be read by it. */
                                problems: {
                                    pointer: string;
                                    message: string;
                                }[];
                            };
                            entry: string | null;
                            before: string | null;
                            after: string | null;
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            environment: {
                                name: string;
                                title: string;
                                protected: boolean;
                                /** @description Whether prompts must have passed their checks before they are moved into it. */
                                requireChecks: boolean;
                                ref: string | null;
                                commit: string | null;
                                /** @description The entries that have a commit of their own. */
                                entries: {
                                    [key: string]: string;
                                };
                                experiments: {
                                    [key: string]: {
                                        arms: {
                                            name: string;
                                            commit: string | null;
                                            variant: string | null;
                                            weight: number;
                                        }[];
                                    };
                                };
                                blob: string | null;
                                updatedAt: string | null;
                                updatedBy: string | null;
                                /** @description Why nothing can be read by it. */
                                problems: {
                                    pointer: string;
                                    message: string;
                                }[];
                            };
                            entry: string | null;
                            before: string | null;
                            after: string | null;
                            review: {
                                number: number;
                                title: string;
                                /** @enum {string} */
                                state: "opening" | "open" | "merging" | "merged" | "closed";
                                pullRequest: {
                                    number: number;
                                    url: string;
                                    host: string;
                                } | null;
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a prompt's text, or that of a variant
         * @description The text of a variant is the section below the heading with its name, without the heading and without blank lines around it. 404 `variant_not_found` names the variants that there are; 422 `variant_broken` says that the heading is missing, or there twice.
         */
        get: {
            parameters: {
                query?: {
                    /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                    /** @description Who or what gets the same arm each time if the environment has an experiment with this prompt, such as a conversation. Without it, no arm is chosen. */
                    key?: string;
                    /** @description One of the names in its field `variants`. Without it, the text is the whole one. */
                    variant?: string;
                };
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            arm: string | null;
                            title: string;
                            variant: string | null;
                            /** @description The names of all its variants. */
                            variants: string[];
                            /** @description As in the file: includes are not resolved. */
                            body: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a prompt, or a variant of it, can be filled with */
        get: {
            parameters: {
                query?: {
                    /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                    /** @description Who or what gets the same arm each time if the environment has an experiment with this prompt, such as a conversation. Without it, no arm is chosen. */
                    key?: string;
                    /** @description One of the names in its field `variants`. Without it, the text is the whole one. */
                    variant?: string;
                };
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            /** @description Its own, and those of its blocks and of what it includes. */
                            variables: {
                                name: string;
                                description: string | null;
                                type: ("text" | "number" | "boolean" | "list" | "date") | null;
                                required: boolean;
                                /** @description What it is if no value is given; `null`: nothing. */
                                default: unknown;
                                /** @description What the text takes from each item of a list, if its items are objects. */
                                fields: string[];
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Render a prompt: its text, its blocks and its variables
         * @description The prompt or its variant, with all includes resolved, then its active blocks in `sortOrder`, then the values filled in. Changes nothing. 422: `includes_broken`, `blocks_missing`, `values_refused` (with every missing, unknown and wrong value in `errors`), `template_broken`, `text_too_large`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                    /** @description Who or what gets the same arm each time if the environment has an experiment with this prompt, such as a conversation. Without it, no arm is chosen. */
                    key?: string;
                };
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One of the names in its field `variants`. Without it, the text is the whole one. */
                        variant?: string;
                        /** @description What is filled in, by the names of the variables. */
                        values?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            arm: string | null;
                            variant: string | null;
                            body: string;
                            /** @description The blocks that were joined, in their order. */
                            blocks: {
                                space: string;
                                id: string;
                                kind: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                            includes: {
                                space: string;
                                id: string;
                                kind: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare the scores of the versions and arms of a prompt, newest version first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                blob: string;
                                commit: string | null;
                                at: string | null;
                                environment: string | null;
                                arm: string | null;
                                name: string;
                                count: number;
                                mean: number | null;
                                deviation: number | null;
                                min: number | null;
                                max: number | null;
                                labels: {
                                    [key: string]: number;
                                };
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Say how well a version of a prompt did
         * @description Whoever may read the prompt may do so. The version is `blob`, the one in `commit`, or the one that `env` has now. 409 `score_exists`: another score has this id.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Chosen by you: posting the same again does nothing. Defaults to a generated one. */
                        id?: string;
                        /** @description What was judged; defaults to `helpful`. */
                        name?: string;
                        value?: number;
                        label?: string;
                        comment?: string;
                        /** @description The version that was judged: the `blob` of the answer. */
                        blob?: string;
                        /** @description The version in this commit, instead of `blob`. */
                        commit?: string;
                        /** @description The environment that was read. Without `blob` and `commit`, its version now. */
                        env?: string;
                        /** @description The arm that the answer named. */
                        arm?: string;
                        key?: string;
                        /** @description Who judged; defaults to the caller's name. */
                        by?: string;
                        /** Format: date-time */
                        at?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            value: number | null;
                            label: string | null;
                            comment: string | null;
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            arm: string | null;
                            key: string | null;
                            by: string;
                            /** Format: date-time */
                            at: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of the examples of a prompt, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                space: string;
                                prompt: string;
                                /** @enum {string} */
                                state: "waiting" | "running" | "done" | "failed" | "cancelled";
                                /** @description Whether every example passed. */
                                passed: boolean;
                                /** @description How many examples have each verdict: `passed`, `failed` (by their answer), `error` (they could not be run), `needs_person`, `waiting`. */
                                examples: {
                                    [key: string]: number;
                                };
                                blob: string;
                                commit: string | null;
                                /** @description The blocks and includes of the text. */
                                sources: {
                                    space: string;
                                    id: string;
                                    /** @description Git's blob id of the entry's bytes. */
                                    blob: string;
                                    commit: string | null;
                                }[];
                                /** @description The digest of all of these. */
                                version: string;
                                environment: string | null;
                                variant: string | null;
                                model: string;
                                /** @description Where the model was asked. */
                                origin: string;
                                by: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Run the examples of a prompt as checks against the model of the space
         * @description The rendered text and the input of each example are sent to the address in the settings of the space. The run is an operation with the same id: its progress, its stream and `actions/cancel` are there. If the same version is being run already, that run is returned. 409 `checks_off`: the space has no model. 422: `examples_missing`, `examples_broken`, `too_many_examples`, and what rendering says.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                        at?: string;
                        /** @description As the environment of this name has it. */
                        env?: string;
                        /** @description As `env` would have it after this promotion, which is not made: `entry` and `from` are those of `actions/promote`. */
                        promote?: {
                            entry?: string;
                            from?: string;
                        };
                        /** @description Only the examples of this variant. Without it, all variants, which a promotion may need. */
                        variant?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            prompt: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description Whether every example passed. */
                            passed: boolean;
                            /** @description How many examples have each verdict: `passed`, `failed` (by their answer), `error` (they could not be run), `needs_person`, `waiting`. */
                            examples: {
                                [key: string]: number;
                            };
                            blob: string;
                            commit: string | null;
                            /** @description The blocks and includes of the text. */
                            sources: {
                                space: string;
                                id: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                            /** @description The digest of all of these. */
                            version: string;
                            environment: string | null;
                            variant: string | null;
                            model: string;
                            /** @description Where the model was asked. */
                            origin: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/checks/{check}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run of the examples of a prompt, with each answer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                    check: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            prompt: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description Whether every example passed. */
                            passed: boolean;
                            /** @description How many examples have each verdict: `passed`, `failed` (by their answer), `error` (they could not be run), `needs_person`, `waiting`. */
                            examples: {
                                [key: string]: number;
                            };
                            blob: string;
                            commit: string | null;
                            /** @description The blocks and includes of the text. */
                            sources: {
                                space: string;
                                id: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                            /** @description The digest of all of these. */
                            version: string;
                            environment: string | null;
                            variant: string | null;
                            model: string;
                            /** @description Where the model was asked. */
                            origin: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            results: {
                                /** @description Its number in the run. */
                                example: number;
                                name: string;
                                variant: string | null;
                                input: string | null;
                                expected: string[];
                                verdict: ("passed" | "failed" | "error" | "needs_person") | null;
                                reason: string | null;
                                answer: string | null;
                                at: string | null;
                                judged: {
                                    by: string;
                                    note: string;
                                    /** Format: date-time */
                                    at: string;
                                } | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/prompts/{prompt}/checks/{check}/actions/judge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether an answer is as its example expects
         * @description For answers that only a person can judge (`needs_person`). Whoever began the run may do so too; who said it is kept. Saying it again replaces what was said. 409 `not_to_judge`: what was expected decided by itself.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                    prompt: string;
                    check: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Its number in the run. */
                        example: number;
                        passed: boolean;
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            space: string;
                            prompt: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done" | "failed" | "cancelled";
                            /** @description Whether every example passed. */
                            passed: boolean;
                            /** @description How many examples have each verdict: `passed`, `failed` (by their answer), `error` (they could not be run), `needs_person`, `waiting`. */
                            examples: {
                                [key: string]: number;
                            };
                            blob: string;
                            commit: string | null;
                            /** @description The blocks and includes of the text. */
                            sources: {
                                space: string;
                                id: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                            /** @description The digest of all of these. */
                            version: string;
                            environment: string | null;
                            variant: string | null;
                            model: string;
                            /** @description Where the model was asked. */
                            origin: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            results: {
                                /** @description Its number in the run. */
                                example: number;
                                name: string;
                                variant: string | null;
                                input: string | null;
                                expected: string[];
                                verdict: ("passed" | "failed" | "error" | "needs_person") | null;
                                reason: string | null;
                                answer: string | null;
                                at: string | null;
                                judged: {
                                    by: string;
                                    note: string;
                                    /** Format: date-time */
                                    at: string;
                                } | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/templates/{template}/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a template can be filled with */
        get: {
            parameters: {
                query?: {
                    /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                };
                header?: never;
                path: {
                    space: string;
                    template: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            /** @description Its own, and those of its blocks and of what it includes. */
                            variables: {
                                name: string;
                                description: string | null;
                                type: ("text" | "number" | "boolean" | "list" | "date") | null;
                                required: boolean;
                                /** @description What it is if no value is given; `null`: nothing. */
                                default: unknown;
                                /** @description What the text takes from each item of a list, if its items are objects. */
                                fields: string[];
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/templates/{template}/fill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill a template with values
         * @description With all includes resolved. Changes nothing. 422: `values_refused` (with every missing, unknown and wrong value in `errors`), `template_broken`, `includes_broken`, `text_too_large`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet. */
                    at?: string;
                    /** @description As the environment of this name has it; `latest` is the present. */
                    env?: string;
                    /** @description The same as `env`. */
                    label?: string;
                };
                header?: never;
                path: {
                    space: string;
                    template: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What is filled in, by the names of the variables. */
                        values?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            space: string;
                            id: string;
                            kind: string;
                            /** @description Git's blob id of the entry's bytes. */
                            blob: string;
                            commit: string | null;
                            environment: string | null;
                            body: string;
                            includes: {
                                space: string;
                                id: string;
                                kind: string;
                                /** @description Git's blob id of the entry's bytes. */
                                blob: string;
                                commit: string | null;
                            }[];
                            outline: {
                                presentationId: string | null;
                                slideIds: string[];
                                slides: {
                                    /** @description `""` for what comes before the first heading. */
                                    title: string;
                                    /** @description Its paragraphs and further headings, a line each. */
                                    text: string;
                                    bullets: {
                                        /** @description 0 for items that are in no other item. */
                                        level: number;
                                        text: string;
                                    }[];
                                    /** @description What follows `Notes:`; `""` if there are none. */
                                    notes: string;
                                }[];
                            } | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a space's webhook goes, and when it was last heard */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the host is given as the address of the webhook. */
                            url: string;
                            scheme: ("github" | "gitlab" | "gitea") | null;
                            lastDelivery: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All mirrors and spaces that the caller may see, with their states
         * @description Those that most need attention come first. A mirror that has ended is listed for one more day. Only needs the database.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @enum {string} */
                                product: "mirror" | "space";
                                /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                id: string;
                                projectId: string | null;
                                branchId: string | null;
                                spaceId: string | null;
                                /** @description The project's or the space's. */
                                name: string;
                                /** @description Which branch of the project, or where the space is. */
                                detail: string;
                                /** @enum {string} */
                                state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                                reason: string | null;
                                /** @description Accepted changes or saves that are not in Git yet. */
                                waiting: number;
                                waitingSince: string | null;
                                /** @description What waits for people in a space; `null`: a mirror. */
                                undecided: {
                                    /** @description Conflicts that nobody has settled. */
                                    conflicts: number;
                                    /** @description Of those that wait, saves that are held back. */
                                    heldSaves: number;
                                    /** @description Reviews that go on. */
                                    reviews: number;
                                    /** @description Whether schema files or rules of review wait until an admin accepts them. */
                                    files: boolean;
                                } | null;
                                lastCommit: {
                                    sha: string;
                                    /** Format: date-time */
                                    committedAt: string;
                                } | null;
                                outage: {
                                    /** Format: date-time */
                                    since: string;
                                    attempts: number;
                                    nextAttemptAt: string | null;
                                    notifiedAt: string | null;
                                    reason: {
                                        code: string;
                                        message: string;
                                    };
                                } | null;
                                repository: {
                                    url: string;
                                    branch: string;
                                    subdirectory: string;
                                };
                            }[];
                            /** @description How many are in each state. */
                            counts: {
                                [key: string]: number;
                            };
                            /** @description Whether these are all: at most 2,000 mirrors and 2,000 spaces are listed. */
                            isComplete: boolean;
                        };
                    };
                };
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow all mirrors and spaces (server-sent events)
         * @description The first event is named `status` and contains what `GET /v1/overview` returns. Each later one is named `change`: `{items, gone, counts, isComplete}`, with the items that are new or have changed, and the ids of those that are no longer listed.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": {
                            /** @description What it is called. */
                            event: string;
                            /** @description JSON. */
                            data: string;
                        };
                    };
                };
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commits and failed attempts of the last 24 hours, by hour
         * @description Of all mirrors that the caller may see, and all spaces of which the caller may read everything.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            from: string;
                            /** @description Those that did anything, with each hour since `from`. The last one has not ended. */
                            streams: {
                                /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                id: string;
                                commits: number[];
                                failedAttempts: number[];
                            }[];
                        };
                    };
                };
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the whole installation is: alerts, who is affected, and what dashboards show
         * @description The figures of `/metrics`, and of the database what metrics have only from the memory of processes. They are at most 15 s old if `isFresh`. Only for callers who may see all projects and spaces. Only needs the database.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            readAt: string;
                            /** @description Whether it could be read anew when it was time; otherwise it is older. */
                            isFresh: boolean;
                            alerts: {
                                /** @description As in `ops/prometheus/rules.yml`. */
                                name: string;
                                /** @enum {string} */
                                severity: "warning" | "critical";
                                /** @description How long its condition must hold until Prometheus tells of it. */
                                minutes: number;
                                /** @description What is so now: that all is well, or what is wrong. */
                                title: string;
                                /** @description Whether its condition holds now. */
                                isWrong: boolean;
                                /** @description What that is decided from, in words. */
                                now: string;
                                /** @description Who notices. */
                                affects: string;
                                /** @description What ends it, the likeliest first. */
                                toDo: string[];
                                /** @description Where the runbook tells more. */
                                runbook: string;
                            }[];
                            affected: {
                                /** @description Mirrors and spaces that fail, or have a change that waits for more than five minutes; not what is paused. */
                                count: number;
                                /** @description The worst of them, at most 20. */
                                items: {
                                    /** @enum {string} */
                                    product: "mirror" | "space";
                                    /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                    id: string;
                                    /** @description The project's or the space's. */
                                    name: string;
                                    /** @description Which branch of the project, or where the space is. */
                                    detail: string;
                                    /** @enum {string} */
                                    state: "ended" | "paused" | "held" | "escalated" | "retrying" | "initializing" | "syncing" | "pending" | "synced";
                                    reason: string | null;
                                    /** @description Accepted changes or saves that are not in Git yet. */
                                    waiting: number;
                                    waitingSince: string | null;
                                }[];
                            };
                            sections: {
                                /** @enum {string} */
                                name: "adoption" | "reliability" | "security" | "ai";
                                figures: {
                                    /** @description The metric that says the same, or for which it stands. */
                                    metric: string | null;
                                    title: string;
                                    meaning: string;
                                    /** @enum {string} */
                                    unit: "count" | "share" | "seconds" | "per_hour";
                                    /** @description A share is from 0 to 1, a time in seconds; `null`: there was nothing. */
                                    value: number | null;
                                    /** @description The value, or what there is instead, in words. */
                                    text: string;
                                    target: {
                                        /** @enum {string} */
                                        is: "at_least" | "at_most";
                                        value: number;
                                        text: string;
                                    } | null;
                                    isMet: boolean | null;
                                }[];
                                breakdowns: {
                                    title: string;
                                    rows: {
                                        label: string;
                                        text: string;
                                    }[];
                                }[];
                                /** @description What is not told here, and why. */
                                notKnown: {
                                    title: string;
                                    why: string;
                                }[];
                            }[];
                            /** @description `null`: it could not be read yet. */
                            trend: {
                                /** Format: date-time */
                                readAt: string;
                                /** @description Whether it could be read anew when it was time; otherwise it is older. */
                                isFresh: boolean;
                                /** @description The last 28 days in UTC, oldest first. The last one has not ended. */
                                days: {
                                    /** Format: date-time */
                                    from: string;
                                    /** @description Of mirrors. */
                                    commits: number;
                                    /** @description Changes of mirrors that were delivered. */
                                    changes: number;
                                    p50: number | null;
                                    p95: number | null;
                                    /** @description Attempts to deliver, of mirrors and spaces. */
                                    succeeded: number;
                                    failed: number;
                                    /** @description Values in plain text that commits left out. */
                                    redactions: number;
                                }[];
                            } | null;
                        };
                    };
                };
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow several things at once (server-sent events)
         * @description Each event is `{follow, data}`, with what was asked for and the data that its own stream has. The events of `overview` are named as there; those of a mirror, a space or an operation `status`, or `gone` if the caller may see none.
         */
        get: {
            parameters: {
                query: {
                    /** @description `overview`, `mirror/<project>/<branch>` (with the id of the branch), `space/<space>` or `operation/<space>/<operation>`. */
                    follow: string[];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": {
                            /** @description What it is called. */
                            event: string;
                            /** @description JSON. */
                            data: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find mirrors and spaces, and for admins people and tokens, by name
         * @description Only what the caller may see. What has ended, disabled people, and tokens that no longer work are left out.
         */
        get: {
            parameters: {
                query: {
                    /** @description Parts of names, ids or branches: every word must occur. */
                    text: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description At most 20, the best first. */
                            items: {
                                /** @enum {string} */
                                kind: "mirror" | "space" | "person" | "token";
                                /** @description `mirror/<project>/<branch>`, `space/<space>`, `person/<id>` or `token/<id>`. */
                                id: string;
                                name: string;
                                /** @description What tells it from others of this name. */
                                detail: string;
                                projectId: string | null;
                                branchId: string | null;
                                spaceId: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credentials, without secrets
         * @description A token that is limited to some projects only gets the credentials that their mirrors use.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                name: string;
                                /** @enum {string} */
                                kind: "https_token";
                                username: string;
                                origin: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                rotatedAt: string | null;
                                signingKey: string | null;
                                /** @description The mirrors and spaces that use it, as far as the caller may see them. */
                                usedBy: {
                                    count: number;
                                    /** @description At most 20. */
                                    first: {
                                        /** @enum {string} */
                                        product: "mirror" | "space";
                                        /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                        id: string;
                                        name: string;
                                    }[];
                                };
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Add an HTTPS token
         * @description `username` defaults to `x-access-token`. The credential is never sent to another origin than `origin`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        username?: string;
                        /** @description The only origin that the credential is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there. */
                        origin: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "https_token";
                            username: string;
                            origin: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            rotatedAt: string | null;
                            signingKey: string | null;
                            /** @description The mirrors and spaces that use it, as far as the caller may see them. */
                            usedBy: {
                                count: number;
                                /** @description At most 20. */
                                first: {
                                    /** @enum {string} */
                                    product: "mirror" | "space";
                                    /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                    id: string;
                                    name: string;
                                }[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credential}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rotate a secret
         * @description Mirrors and spaces that use the credential try again at once. Another `origin` needs the secret, too.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    credential: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        username?: string;
                        /** @description The only origin that the credential is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there. */
                        origin?: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "https_token";
                            username: string;
                            origin: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            rotatedAt: string | null;
                            signingKey: string | null;
                            /** @description The mirrors and spaces that use it, as far as the caller may see them. */
                            usedBy: {
                                count: number;
                                /** @description At most 20. */
                                first: {
                                    /** @enum {string} */
                                    product: "mirror" | "space";
                                    /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                    id: string;
                                    name: string;
                                }[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a credential that no active mirror or space uses */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    credential: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credential}/actions/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try whether a credential opens a repository
         * @description Reads the repository's branches and changes nothing. The credential is never sent to another origin than its own. A repository that anybody may read can also open with a wrong secret.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    credential: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Defaults to the repositories that it is used for, at most five. */
                        repository?: {
                            url: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                repository: {
                                    url: string;
                                };
                                /** @enum {string} */
                                result: "opens" | "refused" | "not_found" | "not_reached" | "other_origin" | "not_needed";
                                /** @description What that means and what to do, in words. */
                                reason: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notice-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List channels of notices, without their secrets */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                name: string;
                                /** @enum {string} */
                                kind: "email" | "slack" | "teams" | "webhook";
                                leadsTo: string | null;
                                /** @description Whether it gets the notices of mirrors and spaces that name nobody, and every escalation. */
                                default: boolean;
                                /** Format: date-time */
                                createdAt: string;
                                changedAt: string | null;
                            }[];
                        };
                    };
                };
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Add a channel of notices
         * @description A mail address, or the incoming webhook of Slack, Microsoft Teams or a program of your own. Messages to the last are signed by [Standard Webhooks](https://www.standardwebhooks.com); without a `secret`, one is made and returned once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        kind: "email" | "slack" | "teams" | "webhook";
                        email?: string;
                        /** @description The address of the incoming webhook. It is sealed and never returned. */
                        url?: string;
                        /** @description What messages are signed with: `whsec_` and 24 to 96 bytes as base64. */
                        secret?: string;
                        /** @description Whether it gets the notices of mirrors and spaces that name nobody, and every escalation. */
                        default?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "email" | "slack" | "teams" | "webhook";
                            leadsTo: string | null;
                            /** @description Whether it gets the notices of mirrors and spaces that name nobody, and every escalation. */
                            default: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            changedAt: string | null;
                            /** @description What its messages are signed with, if it was made here: it is shown only now. */
                            secret: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notice-channels/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a channel of notices that no active mirror or space names */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a channel of notices
         * @description What is absent stays as it is; its kind and name always do.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email?: string;
                        /** @description The address of the incoming webhook. It is sealed and never returned. */
                        url?: string;
                        /** @description What messages are signed with: `whsec_` and 24 to 96 bytes as base64. */
                        secret?: string;
                        /** @description Whether it gets the notices of mirrors and spaces that name nobody, and every escalation. */
                        default?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "email" | "slack" | "teams" | "webhook";
                            leadsTo: string | null;
                            /** @description Whether it gets the notices of mirrors and spaces that name nobody, and every escalation. */
                            default: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            changedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        trace?: never;
    };
    "/v1/notice-channels/{channel}/actions/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test through a channel, now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sent: boolean;
                            reason: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was told of which outage, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description `mirror/<project>/<branch>` (with the id of the branch) or `space/<space>`. */
                    stream?: string;
                    /** @description Only those that were not sent yet. */
                    waiting?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @enum {string} */
                                kind: "person_needed" | "escalated" | "recovered" | "found";
                                /** @description An address, the name of a channel, or `log` if there was nobody to tell. */
                                to: string;
                                channel: boolean;
                                /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                stream: string;
                                code: string;
                                /** Format: date-time */
                                createdAt: string;
                                sentAt: string | null;
                                lastError: string | null;
                                message: string | null;
                                /** @description Nothing was sent for it, since a message about the same cause, sent within twelve hours before, stands for it. */
                                covered: boolean;
                                /** @description Whether it was not sent and still may be. What is no longer news is not sent any more. */
                                waiting: boolean;
                                /** @description How many other outages the message told of or stands for, of those that you may see. */
                                others: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{credential}/signing-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sign commits with an SSH key
         * @description From now on, commits of mirrors and spaces that use the credential are signed. Register the public key, which the answer has, at the host.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    credential: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description A private key of OpenSSH, without a passphrase. It is sealed, and never returned. */
                        privateKey: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "https_token";
                            username: string;
                            origin: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            rotatedAt: string | null;
                            signingKey: string | null;
                            /** @description The mirrors and spaces that use it, as far as the caller may see them. */
                            usedBy: {
                                count: number;
                                /** @description At most 20. */
                                first: {
                                    /** @enum {string} */
                                    product: "mirror" | "space";
                                    /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                    id: string;
                                    name: string;
                                }[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /** Sign commits no longer */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    credential: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "https_token";
                            username: string;
                            origin: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            rotatedAt: string | null;
                            signingKey: string | null;
                            /** @description The mirrors and spaces that use it, as far as the caller may see them. */
                            usedBy: {
                                count: number;
                                /** @description At most 20. */
                                first: {
                                    /** @enum {string} */
                                    product: "mirror" | "space";
                                    /** @description `mirror/<project>/<branch>` or `space/<space>`. */
                                    id: string;
                                    name: string;
                                }[];
                            };
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tokens, including revoked ones */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description `true`: only tokens that work; `false`: only those that were revoked or have expired. */
                    active?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                /** @enum {string} */
                                kind: "person" | "machine";
                                name: string;
                                email: string | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                                /** Format: date-time */
                                createdAt: string;
                                expiresAt: string | null;
                                lastUsedAt: string | null;
                                revokedAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Create a token for a person or a machine
         * @description A machine that sends events needs the role `operator` and its projects. A token sees only what it is given; an admin sees everything.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        kind?: "person" | "machine";
                        name: string;
                        email?: string | null;
                        /** @enum {string} */
                        role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        projects?: string[] | null;
                        spaces?: {
                            space: string;
                            kinds?: string[] | null;
                            /**
                             * @description At most the role beside it, which is the default.
                             * @enum {string}
                             */
                            role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        }[] | null;
                        expiresAt?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "person" | "machine";
                            name: string;
                            email: string | null;
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects: string[] | null;
                            spaces: {
                                space: string;
                                kinds: string[] | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                            lastUsedAt: string | null;
                            revokedAt: string | null;
                            /** @description Shown only once: Gitward keeps a hash of it. */
                            token: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token permanently */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List people, including disabled ones */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                name: string;
                                email: string | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                                /** @description Whether all of this but `disabledAt` comes from the OpenID Connect provider. */
                                isManaged: boolean;
                                /** Format: date-time */
                                createdAt: string;
                                lastSeenAt: string | null;
                                disabledAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Add a person
         * @description They sign in with links (POST /v1/sign-in-links). People of an OpenID Connect provider are added when they first sign in.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        email: string;
                        /** @enum {string} */
                        role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        projects?: string[] | null;
                        spaces?: {
                            space: string;
                            kinds?: string[] | null;
                            /**
                             * @description At most the role beside it, which is the default.
                             * @enum {string}
                             */
                            role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        }[] | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            email: string | null;
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects: string[] | null;
                            spaces: {
                                space: string;
                                kinds: string[] | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                            /** @description Whether all of this but `disabledAt` comes from the OpenID Connect provider. */
                            isManaged: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            lastSeenAt: string | null;
                            disabledAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a person */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    person: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            email: string | null;
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects: string[] | null;
                            spaces: {
                                space: string;
                                kinds: string[] | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                            /** @description Whether all of this but `disabledAt` comes from the OpenID Connect provider. */
                            isManaged: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            lastSeenAt: string | null;
                            disabledAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                414: components["responses"]["414"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a person may do, or disable them
         * @description A new role counts at once. Of people who come from the provider only `isDisabled` can be changed here: 409 `person_managed`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    person: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        email?: string;
                        /** @enum {string} */
                        role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        projects?: string[] | null;
                        spaces?: {
                            space: string;
                            kinds?: string[] | null;
                            /**
                             * @description At most the role beside it, which is the default.
                             * @enum {string}
                             */
                            role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                        }[] | null;
                        /** @description A disabled person is signed out everywhere at once. */
                        isDisabled?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            email: string | null;
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects: string[] | null;
                            spaces: {
                                space: string;
                                kinds: string[] | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                            /** @description Whether all of this but `disabledAt` comes from the OpenID Connect provider. */
                            isManaged: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            lastSeenAt: string | null;
                            disabledAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        trace?: never;
    };
    "/v1/me/host-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your own tokens of Git hosts, without secrets */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                origin: string;
                                /** Format: date-time */
                                storedAt: string;
                                /** @description When the host did not take it: it is not used again until it is replaced. */
                                refusedAt: string | null;
                            }[];
                        };
                    };
                };
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Store your own token of a Git host, or another one
         * @description What you say about a review is then said there in your name. It is used for nothing else, for nobody else, and sent to no other origin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The only origin that it is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there. */
                        origin: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            origin: string;
                            /** Format: date-time */
                            storedAt: string;
                            /** @description When the host did not take it: it is not used again until it is replaced. */
                            refusedAt: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /** Remove your own token of a Git host */
        delete: {
            parameters: {
                query: {
                    /** @description The only origin that it is sent to (and the API of that host): `https://git.example:8443`, a host name, or the address of a repository there. */
                    origin: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How people can sign in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            openIdConnect: {
                                name: string;
                            } | null;
                        };
                    };
                };
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/open-id-connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenID Connect provider, without its secret; `null` if there is none */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            issuer: string;
                            clientId: string;
                            scopes: string[];
                            groupsClaim: string;
                            rules: {
                                group: string;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            }[];
                            everyone: {
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            } | null;
                            /** @description What the provider has to allow. */
                            redirectUri: string;
                            /** @description Where the provider may report sign-outs. */
                            backChannelLogoutUri: string;
                            /** Format: date-time */
                            updatedAt: string;
                        } | null;
                    };
                };
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Set up the OpenID Connect provider
         * @description The rules count at once: everybody who is signed in is checked again with their next request. With another issuer or client everybody who signed in there is signed out.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What people call it. */
                        name: string;
                        /** @description Its identifier: the address that `/.well-known/openid-configuration` is below. */
                        issuer: string;
                        clientId: string;
                        /** @description If it is left out, it stays as it is. */
                        clientSecret?: string;
                        /** @description Defaults to openid, profile, email. Add what your provider needs for groups and refresh tokens. */
                        scopes?: string[];
                        /** @description The claim with the groups of a person, such as `groups` or `realm_access.roles`. */
                        groupsClaim?: string;
                        /** @description The first rule with a group of the person decides. */
                        rules?: {
                            group: string;
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects?: string[] | null;
                            spaces?: {
                                space: string;
                                kinds?: string[] | null;
                                /**
                                 * @description At most the role beside it, which is the default.
                                 * @enum {string}
                                 */
                                role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                        }[];
                        everyone?: {
                            /** @enum {string} */
                            role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            projects?: string[] | null;
                            spaces?: {
                                space: string;
                                kinds?: string[] | null;
                                /**
                                 * @description At most the role beside it, which is the default.
                                 * @enum {string}
                                 */
                                role?: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                            }[] | null;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            issuer: string;
                            clientId: string;
                            scopes: string[];
                            groupsClaim: string;
                            rules: {
                                group: string;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            }[];
                            everyone: {
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            } | null;
                            /** @description What the provider has to allow. */
                            redirectUri: string;
                            /** @description Where the provider may report sign-outs. */
                            backChannelLogoutUri: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        post?: never;
        /**
         * Remove the OpenID Connect provider
         * @description Everybody who signed in there is signed out.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/open-id-connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the OpenID Connect provider to sign in
         * @description For browsers. Afterwards they are sent to `to`, a path of this address, or to `/sign-in?problem=…`.
         */
        get: {
            parameters: {
                query?: {
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To another address */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/open-id-connect/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the OpenID Connect provider
         * @description Where the provider sends browsers. Each `state` works once.
         */
        get: {
            parameters: {
                query?: {
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description To another address */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link that signs the caller in, or a person (admins)
         * @description It works once, within ten minutes. A token makes links for itself; a session cannot, since it would never end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        person?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Shown only once. The code is in the fragment, which browsers send to no server. */
                            url: string;
                            /** Format: date-time */
                            expiresAt: string;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                409: components["responses"]["409"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is, and how they are signed in; `null` if nobody is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            caller: {
                                /** @enum {string} */
                                kind: "person" | "machine";
                                id: string;
                                name: string;
                                email: string | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            };
                            session: {
                                id: string;
                                /** @enum {string} */
                                method: "link" | "token" | "open-id-connect";
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                            } | null;
                            workflowsUrl: string | null;
                            csrfToken: string | null;
                        } | null;
                    };
                };
                401: components["responses"]["401"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        /**
         * Sign a browser in, with a sign-in link or a token
         * @description The answer sets a cookie that only the browser can send. A link works once. 401 `sign_in_refused` for anything else.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The code of a sign-in link. */
                        code?: string;
                        /** @description A token: `gw_…`. */
                        token?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            caller: {
                                /** @enum {string} */
                                kind: "person" | "machine";
                                id: string;
                                name: string;
                                email: string | null;
                                /** @enum {string} */
                                role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                projects: string[] | null;
                                spaces: {
                                    space: string;
                                    kinds: string[] | null;
                                    /** @enum {string} */
                                    role: "admin" | "operator" | "publisher" | "editor" | "reader" | "agent";
                                }[] | null;
                            };
                            session: {
                                id: string;
                                /** @enum {string} */
                                method: "link" | "token" | "open-id-connect";
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                            } | null;
                            workflowsUrl: string | null;
                            csrfToken: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        /**
         * Sign this browser out
         * @description Does nothing for a bearer token.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            signOutUrl: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller is signed in */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description Everybody's; for admins. */
                    all?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                caller: {
                                    /** @enum {string} */
                                    kind: "person" | "machine";
                                    id: string;
                                    name: string;
                                    email: string | null;
                                };
                                /** @enum {string} */
                                method: "link" | "token" | "open-id-connect";
                                address: string | null;
                                userAgent: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                lastUsedAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                /** @description Whether this request was made with it. */
                                isCurrent: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its browser is signed out at once. For its owner, and for admins.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    session: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Items per page. */
                    limit?: number;
                    /** @description `nextCursor` of the previous page. */
                    cursor?: string;
                    /** @description Only what was done under exactly this name. */
                    actor?: string;
                    /** @description Only actions that begin with this, such as `mirror.`. */
                    action?: string;
                    /** @description Only targets that begin with this, such as `space/sales`. */
                    target?: string;
                    /** @description Only from this time on: a time with a zone, or a date. */
                    from?: string;
                    /** @description Only before this time. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: number;
                                /** Format: date-time */
                                at: string;
                                tokenId: string | null;
                                personId: string | null;
                                actor: string;
                                action: string;
                                target: string;
                                requestId: string | null;
                                detail: {
                                    [key: string]: unknown;
                                };
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                403: components["responses"]["403"];
                422: components["responses"]["422"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process is alive
         * @description Use this one to decide about restarts. Events are accepted even while /readyz reports that Temporal is unavailable.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The database, Temporal, a worker and the right master key are available
         * @description Needs no token. With that of an operator it also says how other hosts are reached.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            database: boolean;
                            temporal: boolean;
                            /** @description Whether a worker polls Gitward's task queue. */
                            worker: boolean;
                            /** @description Whether the master keys open everything stored; if not, Gitward's log says what they do not open. */
                            masterKey: boolean;
                            /** @description How other hosts are reached. Only operators and admins see it. */
                            network?: {
                                httpsProxy: string | null;
                                httpProxy: string | null;
                                /** @description Whether a proxy may resolve names that do not resolve here. */
                                trustProxyDns: boolean;
                                /** @description The files with certificates that are trusted besides the public ones. */
                                certificateFiles: string[];
                            };
                        };
                    };
                };
                401: components["responses"]["401"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            database: boolean;
                            temporal: boolean;
                            /** @description Whether a worker polls Gitward's task queue. */
                            worker: boolean;
                            /** @description Whether the master keys open everything stored; if not, Gitward's log says what they do not open. */
                            masterKey: boolean;
                            /** @description How other hosts are reached. Only operators and admins see it. */
                            network?: {
                                httpsProxy: string | null;
                                httpProxy: string | null;
                                /** @description Whether a proxy may resolve names that do not resolve here. */
                                trustProxyDns: boolean;
                                /** @description The files with certificates that are trusted besides the public ones. */
                                certificateFiles: string[];
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{space}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where a repository's host reports pushes, and what happens to pull requests
         * @description Signed according to the space's scheme, with one of its secrets: GitHub's `X-Hub-Signature-256`, Gitea's and Forgejo's `X-Gitea-Signature`, GitLab's `X-Gitlab-Token` or `webhook-signature`. It is only a hint: Gitward asks the host itself. Repeated deliveries, other events and pushes to other branches are accepted and ignored. 401 `signature_missing` if there is no signature, and `webhook_refused` if there is no such webhook or none of its secrets matches, which the answer does not distinguish: Gitward's log says which it was.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    space: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The delivery was received before. */
                            duplicate: boolean;
                            /** @description It is a push to another branch, or about something else. */
                            ignored: boolean;
                        };
                    };
                };
                400: components["responses"]["400"];
                401: components["responses"]["401"];
                413: components["responses"]["413"];
                414: components["responses"]["414"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/open-id-connect/back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where the OpenID Connect provider reports that somebody signed out
         * @description A signed logout token (OpenID Connect Back-Channel Logout 1.0). The sessions that it names end at once. 400 `logout_refused` if it is not a fresh one of this provider, for us.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": {
                        logout_token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["400"];
                404: components["responses"]["404"];
                413: components["responses"]["413"];
                415: components["responses"]["415"];
                429: components["responses"]["429"];
                431: components["responses"]["431"];
                500: components["responses"]["500"];
                503: components["responses"]["503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description Stable; meant for programs. */
            code: string;
            title: string;
            status: number;
            /** @description What happened and what to do; meant for people. */
            detail: string;
            requestId: string;
            errors?: {
                pointer: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description Bad Request */
        400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized */
        401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden */
        403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found */
        404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict */
        409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Failed */
        412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large */
        413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description URI Too Long */
        414: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type */
        415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity */
        422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests */
        429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Header Fields Too Large */
        431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal Server Error */
        500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Bad Gateway */
        502: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable */
        503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
