/* directives.h: the names of the directives, each said once.
 *
 * Requires: nothing.   Provides: D_*.   Used by: mod. conf/candour.conf explains each (a guard
 * looks). */
#ifndef CD_MOD_DIRECTIVES_H
#define CD_MOD_DIRECTIVES_H

#define D_ENABLE           "CandourEnable"
#define D_DATABASE_SOCKET  "CandourDatabaseSocket"
#define D_DATABASE_HOST    "CandourDatabaseHost"
#define D_DATABASE_NAME    "CandourDatabaseName"
#define D_DATABASE_USER    "CandourDatabaseUser"
#define D_PASSWORD_FILE    "CandourDatabasePasswordFile"
#define D_DATABASE_CA      "CandourDatabaseCA"
#define D_KEY_FILE         "CandourKeyFile"
#define D_TEMPLATES        "CandourTemplates"
#define D_ASSETS           "CandourAssets"
#define D_POOL_SIZE        "CandourPoolSize"
#define D_PUBLIC_URL       "CandourPublicURL"
#define D_ACQUIRE_TIMEOUT  "CandourAcquireTimeout"
#define D_CONNECT_TIMEOUT  "CandourConnectTimeout"
#define D_MAX_BODY         "CandourMaxBody"
#define D_UPLOAD_LIMIT     "CandourUploadLimit"
#define D_SCANNER          "CandourScanner"
#define D_SCANNER_TIMEOUT  "CandourScannerTimeout"
#define D_CLAIM_REFERENCE  "CandourClaimReferencePattern"
#define D_SERVICE_NAME     "CandourServiceName"
#define D_BANNER           "CandourBanner"
#define D_LOGIN            "CandourLogin"
#define D_ALLOW_UNSAFE     "CandourAllowUnsafeDatabase"
#define D_COOKIE_PLAIN     "CandourCookiePlain"

#endif
