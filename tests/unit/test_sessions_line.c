/* layers: base text model ingest analyse store tui app */
/* The reader on a line of its own kind: links, suspension, sizes that change in bursts, a busy
 * dossier, and nothing sent when nothing happens. */
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- links (OSC 8) --------------------------------------------------------------------------- */

static void add_page(struct desk *desk)
{
    static const char page[] =
        "<html><head><title>Council on the dam</title>"
        "<link rel='canonical' href='https://example.org/dam'></head><body><article>"
        "<h1>Council on the dam</h1><p>The council met to discuss <a href=\""
        "https://example.org/a?x=1;y=2\">a long plan for the dam that goes over several lines when"
        " it is set in columns of seventy-six</a> and rested. Others wrote that"
        " <a href='mailto:x@example.org'>nobody</a> knew <a href='javascript:alert(1)'>why</a> the"
        " <a href='http://example.org/\x1b]0;t\x07z'>bank</a> refused to pay for it in time.</p>"
        "</article></body></html>";
    world_write(&desk->world, "page.html", page, sizeof page - 1);
    import(desk, "page.html");
}

/* The addresses that the output after `from` leads to, each followed by a blank; "" ends a link. */
static void links_sent(struct desk *desk, size_t from, char text[TEXT_LEN])
{
    static const char begin[] = "\x1b]8;;";
    size_t len = 0;
    text[0] = '\0';
    for (const char *at = desk->program.output.ptr + from; (at = strstr(at, begin));) {
        at += sizeof begin - 1;
        size_t address_len = strcspn(at, "\x1b\a");
        assert_memory_equal(at + address_len, "\x1b\\", 2);
        assert_true(len + address_len + 2 < TEXT_LEN);
        memcpy(text + len, at, address_len);
        len += address_len;
        text[len++] = ' ';
        text[len] = '\0';
        at += address_len;
    }
}

static void links_lead_to_their_addresses(void **state)
{
    struct desk *desk = *state;
    char sent[TEXT_LEN];
    add_page(desk);
    open_article(desk, "council dam");
    sees(desk, "Council on the dam");
    size_t before = desk->program.output.len;
    does(desk, ACTION_REDRAW, "<C-l>");
    links_sent(desk, before, sent);
    assert_string_equal(
        sent, "https://example.org/a?x=1;y=2  http://example.org/%EF%BF%BD]0;t%EF%BF%BDz  ");

    /* What stands still is not sent again, and off is off at once. */
    before = desk->program.output.len;
    press(desk, "j");
    links_sent(desk, before, sent);
    assert_string_equal(sent, "");
    command(desk, "set hyperlinks off");
    before = desk->program.output.len;
    press(desk, "<C-l>");
    links_sent(desk, before, sent);
    assert_string_equal(sent, "");
}

static void a_console_gets_no_links(void **state)
{
    struct desk *desk = *state;
    char sent[TEXT_LEN];
    add_page(desk);
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_set(&desk->world, "TERM=linux");
    start(desk, ROWS, COLUMNS);
    open_article(desk, "council dam");
    sees(desk, "Council on the dam");
    links_sent(desk, 0, sent);
    assert_string_equal(sent, "");
}

/* `dossier show` leads to the address of the page, on a terminal only. */
static void printed_addresses_lead_there(void **state)
{
    struct desk *desk = *state;
    const char *const arguments[] = {binary(), "show", "-f", "pile.dossier", "council on the dam",
                                     NULL};
    struct pty_program show;
    struct bytes piped = {0};
    int status;
    add_page(desk);
    pty_start(&show, &desk->world, ROWS, COLUMNS, arguments);
    assert_true(pty_wait_end(&show, PTY_PATIENCE, &status));
    bytes_add(&show.output, "", 1);
    assert_non_null(strstr(show.output.ptr, "Address: \x1b]8;;https://example.org/dam\x1b\\"
                                            "https://example.org/dam\x1b]8;;\x1b\\\r\n"));
    pty_close(&show);
    assert_int_equal(world_run(&desk->world, arguments, &piped), 0);
    assert_non_null(strstr(piped.ptr, "Address: https://example.org/dam\n"));
    bytes_done(&piped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(links_lead_to_their_addresses),
        SESSION(a_console_gets_no_links),
        SESSION(printed_addresses_lead_there),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
