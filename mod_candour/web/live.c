/* live.c: is httpd answering with this module? For load balancers; asks neither user nor database.
 */
#include "web/route.h"

cd_err_t *web_live(web_exchange_t *x)
{
    web_put_text(x->view, WN_status, "live");
    return NULL;
}
