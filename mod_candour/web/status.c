/* status.c: the one place that chooses the HTTP status of an error. */
#include "web/request.h"

int web_status(cd_code_t code)
{
    switch (code) {
    case CD_E_OK:          return 200;
    case CD_E_BAD_REQUEST: return 400;
    case CD_E_FORBIDDEN:
    case CD_E_NO_USER:
    case CD_E_TOKEN:       return 403;
    case CD_E_NOT_FOUND:   return 404;
    case CD_E_METHOD:      return 405;
    case CD_E_STALE:       return 409;
    case CD_E_TOO_LARGE:   return 413;
    case CD_E_TYPE:        return 415;
    case CD_E_INVALID:
    case CD_E_KEY_REUSED:
    case CD_E_RANGE:       return 422;
    case CD_E_BUSY:
    case CD_E_UNKNOWN:
    case CD_E_SCHEMA:
    case CD_E_CONFIG:      return 503;
    case CD_E_FULL:        return 507;
    case CD_E_FAILED:
    case CD_E_TAMPERED:
    case CD_E_KEY:
    case CD_E__COUNT:      break;
    }
    return 500;
}
