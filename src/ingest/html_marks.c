/* Words in the class, id and role of elements that tell what they hold: the vocabulary of page
 * templates, common to most sites. */
#include "base/ascii.h"
#include "ingest/html.h"

#include <string.h>

/* Sorted by bytes. */
static const struct {
    const char *word;
    uint8_t mark;
} words[] = {
#define W(word, mark)                                                                              \
    {                                                                                              \
        word, HTML_MARK_##mark                                                                     \
    }
    W("about", BIO),
    W("ad", AD),
    W("ads", AD),
    W("advert", AD),
    W("advertisement", AD),
    W("aggregate", RELATED),
    W("article", BODY),
    W("articlebody", BODY),
    W("aside", SIDE),
    W("author", META),
    W("authors", META),
    W("banner", HEAD),
    W("bio", BIO),
    W("biography", BIO),
    W("blog", BODY),
    W("blurb", RELATED),
    W("body", BODY),
    W("bottom", FOOT),
    W("breadcrumb", NAV),
    W("breadcrumbs", NAV),
    W("button", SHARE),
    W("buttons", SHARE),
    W("byline", META),
    W("callout", NEWSLETTER),
    W("caption", CAPTION),
    W("card", RELATED),
    W("cards", RELATED),
    W("carousel", RELATED),
    W("categories", TAGS),
    W("category", TAGS),
    W("comment", COMMENT),
    W("comments", COMMENT),
    W("complementary", SIDE),
    W("consent", POPUP),
    W("content", BODY),
    W("contentinfo", FOOT),
    W("cookie", POPUP),
    W("cookies", POPUP),
    W("copyright", FOOT),
    W("credit", CAPTION),
    W("credits", CAPTION),
    W("crumbs", NAV),
    W("cta", NEWSLETTER),
    W("date", META),
    W("dateline", META),
    W("deck", DEK),
    W("dek", DEK),
    W("description", DEK),
    W("dialog", POPUP),
    W("disclaimer", FOOT),
    W("discussion", COMMENT),
    W("disqus", COMMENT),
    W("donate", NEWSLETTER),
    W("dropdown", NAV),
    W("embed", CAPTION),
    W("entry", BODY),
    W("excerpt", DEK),
    W("facebook", SHARE),
    W("feed", RELATED),
    W("figcaption", CAPTION),
    W("figure", CAPTION),
    W("follow", SHARE),
    W("foot", FOOT),
    W("footer", FOOT),
    W("footnotes", FOOT),
    W("gallery", CAPTION),
    W("gdpr", POPUP),
    W("grid", LIST_WORD),
    W("head", HEAD),
    W("header", HEAD),
    W("heading", TITLE),
    W("headline", TITLE),
    W("hentry", BODY),
    W("hero", HEAD),
    W("hidden", HIDDEN),
    W("hide", HIDDEN),
    W("image", CAPTION),
    W("info", META),
    W("intro", DEK),
    W("item", LIST_WORD),
    W("items", LIST_WORD),
    W("keyword", TAGS),
    W("keywords", TAGS),
    W("kicker", TAGS),
    W("label", TAGS),
    W("latest", RELATED),
    W("lead", DEK),
    W("lede", DEK),
    W("legal", FOOT),
    W("link", LIST_WORD),
    W("links", LIST_WORD),
    W("list", LIST_WORD),
    W("login", POPUP),
    W("main", BODY),
    W("masthead", HEAD),
    W("media", CAPTION),
    W("menu", NAV),
    W("meta", META),
    W("modal", POPUP),
    W("more", RELATED),
    W("most", RELATED),
    W("nav", NAV),
    W("navbar", NAV),
    W("navigation", NAV),
    W("newsletter", NEWSLETTER),
    W("newsletters", NEWSLETTER),
    W("next", NAV),
    W("note", META),
    W("notice", POPUP),
    W("outbrain", RELATED),
    W("overlay", POPUP),
    W("pager", NAV),
    W("pagination", NAV),
    W("paragraph", BODY),
    W("paywall", NEWSLETTER),
    W("photo", CAPTION),
    W("popular", RELATED),
    W("popup", POPUP),
    W("post", BODY),
    W("posted", META),
    W("prev", NAV),
    W("print", SHARE),
    W("profile", BIO),
    W("promo", AD),
    W("promotion", AD),
    W("prose", BODY),
    W("published", META),
    W("rail", SIDE),
    W("rating", COMMENT),
    W("read", RELATED),
    W("recent", RELATED),
    W("recirc", RELATED),
    W("recommend", RELATED),
    W("recommendations", RELATED),
    W("recommended", RELATED),
    W("related", RELATED),
    W("reply", COMMENT),
    W("respond", COMMENT),
    W("review", COMMENT),
    W("reviews", COMMENT),
    W("richtext", BODY),
    W("right", SIDE),
    W("search", NAV),
    W("share", SHARE),
    W("sharing", SHARE),
    W("sidebar", SIDE),
    W("signup", NEWSLETTER),
    W("skip", NAV),
    W("slider", RELATED),
    W("slot", AD),
    W("social", SHARE),
    W("sponsor", AD),
    W("sponsored", AD),
    W("standfirst", DEK),
    W("story", BODY),
    W("sub", DEK),
    W("subhead", DEK),
    W("subheadline", DEK),
    W("subscribe", NEWSLETTER),
    W("subscription", NEWSLETTER),
    W("subtitle", DEK),
    W("suggest", RELATED),
    W("summary", DEK),
    W("taboola", RELATED),
    W("tag", TAGS),
    W("tags", TAGS),
    W("teaser", RELATED),
    W("text", BODY),
    W("time", META),
    W("timestamp", META),
    W("title", TITLE),
    W("toc", NAV),
    W("toggle", NAV),
    W("toolbar", SHARE),
    W("tools", SHARE),
    W("top", HEAD),
    W("topic", TAGS),
    W("topics", TAGS),
    W("trending", RELATED),
    W("twitter", SHARE),
    W("widget", SIDE),
    W("widgets", SIDE),
    W("wysiwyg", BODY),
#undef W
};

#define WORD_LIMIT_LEN 16

static uint32_t mark_of(const char *word)
{
    size_t low = 0, high = sizeof words / sizeof *words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(word, words[middle].word);
        if (order == 0) {
            return (uint32_t)1 << words[middle].mark;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

uint32_t html_marks_of(str text)
{
    char word[WORD_LIMIT_LEN + 1];
    size_t len = 0;
    uint32_t marks = 0;
    for (size_t i = 0; i <= text.len; i++) {
        char byte = i < text.len ? text.ptr[i] : ' ';
        bool upper = ascii_is_upper(byte);
        bool letter = upper || ascii_is_lower(byte);
        bool hump = upper && i > 0 && ascii_is_lower(text.ptr[i - 1]);
        if (len && (!letter || hump)) {
            if (len >= 2 && len <= WORD_LIMIT_LEN) {
                word[len] = '\0';
                marks |= mark_of(word);
            }
            len = 0;
        }
        if (letter) {
            if (len < WORD_LIMIT_LEN) {
                word[len] = ascii_lower(byte);
            }
            len++;
        }
    }
    return marks;
}
