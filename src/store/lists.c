#include "store/internal.h"

uint32_t page_limit(const struct page_request *request)
{
    return request->limit < PAGE_LIMIT ? request->limit : PAGE_LIMIT;
}

bool page_falls(const struct page_request *request, bool descending)
{
    return request->backward != descending;
}

const char *page_comparison(const struct page_request *request, bool descending)
{
    if (page_falls(request, descending))
        return request->inclusive ? "<=" : "<";
    return request->inclusive ? ">=" : ">";
}

const char *page_direction(const struct page_request *request, bool descending)
{
    return page_falls(request, descending) ? " DESC" : "";
}
