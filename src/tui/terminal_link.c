/* Addresses that text on the screen leads to (OSC 8): a cell has the number of its address. */
#include <string.h>

#include "text/url.h"
#include "tui/terminal_inside.h"
#include "tui/terminal_type.h"

bool terminal_can_link(const char *type)
{
    return terminal_type_takes_commands(type);
}

/* A place for an address that is in no cell of the frame before or of this one; 0 when all are. */
static size_t free_place(const struct terminal *terminal)
{
    size_t oldest = 1;
    for (size_t i = 1; i <= LINK_LIMIT; i++)
        if (terminal->link_frames[i] < terminal->link_frames[oldest])
            oldest = i;
    return terminal->link_frames[oldest] < terminal->drawn_count ? oldest : 0;
}

size_t terminal_link(struct terminal *terminal, str address)
{
    size_t place = 0;
    if (address.len == 0 || !terminal->is_painted || !terminal_can_link(terminal->type) ||
        !url_is_web(address))
        return 0;
    for (size_t i = 1; i <= LINK_LIMIT && place == 0; i++)
        if (str_equal(buf_str(&terminal->links[i]), address))
            place = i;
    if (place == 0 && (place = free_place(terminal)) != 0) {
        buf_clear(&terminal->links[place]);
        buf_add(&terminal->links[place], address);
    }
    if (place != 0)
        terminal->link_frames[place] = terminal->drawn_count + 1;
    return place;
}

void terminal_links_done(struct terminal *terminal)
{
    for (size_t i = 0; i <= LINK_LIMIT; i++)
        buf_done(&terminal->links[i]);
}
