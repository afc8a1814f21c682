/* layers: base text ingest */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/robots.h"

struct row {
    const char *rules, *request;
    bool allowed;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (robots_allow(str_from(rows[i].rules), STR("dossier"), str_from(rows[i].request)) !=
            rows[i].allowed)
            fail_msg("%s %s by\n%s", rows[i].request, rows[i].allowed ? "refused" : "allowed",
                     rows[i].rules);
    }
}
#define CHECK(rows) check((rows), sizeof(rows) / sizeof *(rows))

static void the_groups_of_the_program_count(void **state)
{
    static const char groups[] = "User-agent: *\nDisallow: /\n\n"
                                 "User-agent: other\nUser-agent: DOSSIER/2.0\nDisallow: /a\n\n"
                                 "User-agent: another\nDisallow: /b\n\n"
                                 "user-agent : dossier\ndisallow:/c\n";
    static const struct row rows[] = {
        {groups, "/a", false},
        {groups, "/b", true},
        {groups, "/c", false}, /* groups of one name are one */
        {groups, "/d", true},  /* * counts only for those that no group names */
        {"User-agent: *\nDisallow: /x\n", "/x/y", false},
        {"User-agent: dossierbot\nDisallow: /\n", "/x", true},
        {"User-agent: dossier\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/x", true},
        {"User-agent: dossier\n", "/x", true},
        {"Disallow: /\n", "/x", true}, /* of nobody's group */
        {"", "/x", true},
        {"\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r", "/x", false},
        {"<!doctype html><title>404</title>", "/x", true},
        {"User-agent: *\nCrawl-delay: 5\nSitemap: /s\nDisallow: /x\n", "/x", false},
        {"User-agent: *\nSitemap: /s\nUser-agent: other\nDisallow: /x\n", "/x", false},
        {"User-agent: *\nDisallow: /x # but nothing else\n", "/x", false},
        {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
    };
    (void)state;
    CHECK(rows);
}

/* Those of RFC 9309, section 5, and Google's description of the same. */
static void the_longest_rule_that_fits_wins(void **state)
{
#define ALL(rules) "User-agent: *\n" rules
    static const struct row rows[] = {
        {ALL("Allow: /p\nDisallow: /\n"), "/page", true},
        {ALL("Allow: /folder\nDisallow: /folder\n"), "/folder/page", true},
        {ALL("Allow: /page\nDisallow: /*.htm\n"), "/page.htm", false},
        {ALL("Allow: /page\nDisallow: /*.ph\n"), "/page.php5", true},
        {ALL("Allow: /$\nDisallow: /\n"), "/", true},
        {ALL("Allow: /$\nDisallow: /\n"), "/page.htm", false},
        {ALL("Disallow: /*.gif$\n"), "/a/b.gif", false},
        {ALL("Disallow: /*.gif$\n"), "/a/b.gif?c", true},
        {ALL("Disallow: /fish*.php\n"), "/fishheads/catfish.php?p=1", false},
        {ALL("Disallow: /fish*.php\n"), "/Fish.php", true},
        {ALL("Disallow: /a*b*c$\n"), "/abbcxc", false},
        {ALL("Disallow: /a*b*c$\n"), "/abbcx", true},
        {ALL("Disallow: /ab$\n"), "/ab", false},
        {ALL("Disallow: /ab$\n"), "/abab", true},
        {ALL("Disallow: /a*ba$\n"), "/aba", false},
        {ALL("Disallow: /ab*ba$\n"), "/aba", true}, /* the parts do not share bytes */
        {ALL("Disallow: /*?sort\n"), "/list?sort=1", false},
        {ALL("Disallow: page\n"), "/page", true}, /* no path */
    };
    (void)state;
    CHECK(rows);
}

static void every_spelling_of_a_path_means_the_same(void **state)
{
    static const struct row rows[] = {
        {ALL("Disallow: /foo/bar/ツ\n"), "/foo/bar/%E3%83%84", false},
        {ALL("Disallow: /foo/bar/%e3%83%84\n"), "/foo/bar/ツ", false},
        {ALL("Disallow: /%62ook\n"), "/book", false},
        {ALL("Disallow: /~joe\n"), "/%7Ejoe", false},
        {ALL("Disallow: /a%2Fb\n"), "/a/b", true}, /* a coded / divides nothing */
        {ALL("Disallow: /a%2A$\n"), "/a*", false},
        {ALL("Disallow: /a%24\n"), "/a$b", false},
        {ALL("Disallow: /100%\n"), "/100%25", false},
    };
    (void)state;
    CHECK(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_groups_of_the_program_count),
        cmocka_unit_test(the_longest_rule_that_fits_wins),
        cmocka_unit_test(every_spelling_of_a_path_means_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
