/* A web server of the test's own, on a free port of this machine: it answers by a table that the
 * test fills and remembers what it was asked. Each connection has a thread and one request. An
 * answer that is held comes when the test releases it, so no test waits for a time to pass. */
#ifndef SUPPORT_WEB_SERVER_H
#define SUPPORT_WEB_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/vec.h"

enum web_trick {
    WEB_PLAIN,
    WEB_HELD,    /* nothing comes until web_release */
    WEB_CUT,     /* the connection ends in the middle of the body */
    WEB_ENDLESS, /* the body goes on until nobody listens */
};

struct web_page {
    char path[128]; /* with the query */
    int status;
    char headers[512]; /* lines, each with \r\n; an ETag among them answers If-None-Match */
    struct buf body;
    enum web_trick trick;
    int hits, bodies; /* requests, and how many of them got a body */
    char asked[2048]; /* the head of the last request */
};

enum { WEB_PAGE_LIMIT = 64, WEB_THREAD_LIMIT = 512 };

struct web_server {
    int listening, port;
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    struct web_page pages[WEB_PAGE_LIMIT];
    size_t page_count;
    bool ending, released;
    pthread_t threads[WEB_THREAD_LIMIT];
    size_t thread_count;
};

struct web_visitor {
    struct web_server *server;
    int connection;
};

static inline void web_send(int connection, const char *bytes, size_t len, bool *gone)
{
    while (len > 0 && !*gone) {
        ssize_t sent = send(connection, bytes, len, MSG_NOSIGNAL);
        *gone = sent <= 0;
        bytes += sent > 0 ? sent : 0;
        len -= sent > 0 ? (size_t)sent : 0;
    }
}

/* The value of a header in lines of them, up to the end of its line; NULL. */
static inline const char *web_header(const char *lines, const char *name, size_t *len)
{
    size_t name_len = strlen(name);
    for (const char *at = lines; at && *at; at = strstr(at, "\r\n") ? strstr(at, "\r\n") + 2 : NULL)
        if (strncasecmp(at, name, name_len) == 0 && at[name_len] == ':') {
            const char *value = at + name_len + 1 + strspn(at + name_len + 1, " ");
            *len = strcspn(value, "\r\n");
            return value;
        }
    return NULL;
}

static inline bool web_same_header(const char *asked, const char *name, const char *stated,
                                   const char *stated_name)
{
    size_t len = 0, other_len = 0;
    const char *value = web_header(asked, name, &len);
    const char *other = web_header(stated, stated_name, &other_len);
    return value && other && len == other_len && memcmp(value, other, len) == 0;
}

static inline struct web_page *web_find(struct web_server *server, const char *path)
{
    for (size_t i = 0; i < server->page_count; i++)
        if (strcmp(server->pages[i].path, path) == 0)
            return &server->pages[i];
    return NULL;
}

/* Fills in the answer; the mutex is held. */
static inline enum web_trick web_answer(struct web_server *server, const char *asked,
                                        struct buf *answer)
{
    char path[128] = "";
    (void)sscanf(asked, "GET %127s", path);
    struct web_page *page = web_find(server, path);
    if (!page) {
        buf_format(answer, "HTTP/1.1 404 Nothing\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"
                           "none\n");
        return WEB_PLAIN;
    }
    page->hits++;
    (void)snprintf(page->asked, sizeof page->asked, "%s", asked);
    while (page->trick == WEB_HELD && !server->ending && !server->released)
        (void)pthread_cond_wait(&server->changed, &server->mutex);
    if (web_same_header(asked, "If-None-Match", page->headers, "ETag") ||
        web_same_header(asked, "If-Modified-Since", page->headers, "Last-Modified")) {
        buf_format(answer, "HTTP/1.1 304 Same\r\nConnection: close\r\n\r\n");
        return WEB_PLAIN;
    }
    page->bodies++;
    buf_format(answer, "HTTP/1.1 %d Told\r\nConnection: close\r\n%s", page->status, page->headers);
    if (page->trick != WEB_ENDLESS)
        buf_format(answer, "Content-Length: %zu\r\n", page->body.len);
    buf_add(answer, STR("\r\n"));
    buf_add(answer, buf_str(&page->body));
    if (page->trick == WEB_CUT)
        answer->len -= page->body.len / 2;
    return page->trick;
}

static inline void *web_visit(void *argument)
{
    struct web_visitor visitor = *(struct web_visitor *)argument;
    struct buf asked = BUF_INIT, answer = BUF_INIT;
    bool gone = false;
    free(argument);
    while (!gone && (asked.len < 4 || memcmp(asked.ptr + asked.len - 4, "\r\n\r\n", 4) != 0)) {
        char *room = buf_reserve(&asked, 4096);
        ssize_t len = recv(visitor.connection, room, 4096, 0);
        gone = len <= 0;
        asked.len += len > 0 ? (size_t)len : 0;
    }
    buf_add_byte(&asked, '\0');
    (void)pthread_mutex_lock(&visitor.server->mutex);
    enum web_trick trick = gone ? WEB_PLAIN : web_answer(visitor.server, asked.ptr, &answer);
    (void)pthread_mutex_unlock(&visitor.server->mutex);
    web_send(visitor.connection, answer.ptr, answer.len, &gone);
    char more[8192];
    memset(more, 'x', sizeof more);
    while (trick == WEB_ENDLESS && !gone)
        web_send(visitor.connection, more, sizeof more, &gone);
    (void)close(visitor.connection);
    buf_done(&asked);
    buf_done(&answer);
    return NULL;
}

static inline void *web_serve(void *argument)
{
    struct web_server *server = argument;
    for (;;) {
        int connection = accept(server->listening, NULL, NULL);
        (void)pthread_mutex_lock(&server->mutex);
        bool ending = server->ending || server->thread_count == WEB_THREAD_LIMIT;
        if (!ending && connection >= 0) {
            struct web_visitor *visitor = malloc(sizeof *visitor);
            assert_non_null(visitor);
            *visitor = (struct web_visitor){server, connection};
            assert_int_equal(
                pthread_create(&server->threads[server->thread_count++], NULL, web_visit, visitor),
                0);
        }
        (void)pthread_mutex_unlock(&server->mutex);
        if (ending)
            return NULL;
    }
}

static inline void web_start(struct web_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    memset(server, 0, sizeof *server);
    server->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server->listening >= 0);
    assert_int_equal(bind(server->listening, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->listening, 64), 0);
    assert_int_equal(getsockname(server->listening, (struct sockaddr *)&address, &len), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_mutex_init(&server->mutex, NULL), 0);
    assert_int_equal(pthread_cond_init(&server->changed, NULL), 0);
    assert_int_equal(pthread_create(&server->thread, NULL, web_serve, server), 0);
}

static inline void web_stop(struct web_server *server)
{
    (void)pthread_mutex_lock(&server->mutex);
    server->ending = true;
    (void)pthread_cond_broadcast(&server->changed);
    (void)pthread_mutex_unlock(&server->mutex);
    (void)shutdown(server->listening, SHUT_RDWR);
    (void)pthread_join(server->thread, NULL);
    for (size_t i = 0; i < server->thread_count; i++)
        (void)pthread_join(server->threads[i], NULL);
    (void)close(server->listening);
    for (size_t i = 0; i < server->page_count; i++)
        buf_done(&server->pages[i].body);
}

/* Sets what a path answers, in place of what it did; `~` in body and headers becomes the server's
 * own address "http://127.0.0.1:PORT". */
static inline struct web_page *web_put(struct web_server *server, const char *path, int status,
                                       const char *headers, str body)
{
    char own[64];
    struct buf lines = BUF_INIT;
    (void)snprintf(own, sizeof own, "http://127.0.0.1:%d", server->port);
    (void)pthread_mutex_lock(&server->mutex);
    struct web_page *page = web_find(server, path);
    if (!page) {
        assert_true(server->page_count < WEB_PAGE_LIMIT);
        page = &server->pages[server->page_count++];
        (void)snprintf(page->path, sizeof page->path, "%s", path);
    }
    page->status = status;
    page->trick = WEB_PLAIN;
    buf_clear(&page->body);
    for (size_t i = 0; i < body.len; i++)
        buf_add(&page->body, body.ptr[i] == '~' ? str_from(own) : str_slice(body, i, i + 1));
    for (const char *at = headers; *at; at++)
        buf_add(&lines, *at == '~' ? str_from(own) : (str){at, 1});
    (void)snprintf(page->headers, sizeof page->headers, "%s", buf_c(&lines));
    buf_done(&lines);
    (void)pthread_mutex_unlock(&server->mutex);
    return page;
}

static inline void web_trick(struct web_server *server, const char *path, enum web_trick trick)
{
    (void)pthread_mutex_lock(&server->mutex);
    web_find(server, path)->trick = trick;
    (void)pthread_mutex_unlock(&server->mutex);
}

static inline void web_release(struct web_server *server)
{
    (void)pthread_mutex_lock(&server->mutex);
    server->released = true;
    (void)pthread_cond_broadcast(&server->changed);
    (void)pthread_mutex_unlock(&server->mutex);
}

/* Requests for a path so far, or those of them that got a body. */
static inline int web_hits(struct web_server *server, const char *path)
{
    (void)pthread_mutex_lock(&server->mutex);
    struct web_page *page = web_find(server, path);
    int hits = page ? page->hits : 0;
    (void)pthread_mutex_unlock(&server->mutex);
    return hits;
}

static inline int web_bodies(struct web_server *server)
{
    int bodies = 0;
    (void)pthread_mutex_lock(&server->mutex);
    for (size_t i = 0; i < server->page_count; i++)
        bodies += server->pages[i].bodies;
    (void)pthread_mutex_unlock(&server->mutex);
    return bodies;
}

#endif
