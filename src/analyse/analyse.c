#include "analyse/analyse.h"

#include "analyse/lexicon.h"
#include "analyse/name_weights.h"
#include "analyse/passes.h"
#include "base/buf.h"
#include "base/memory.h"

struct analyser {
    struct lexicon *lexicon;
    struct name_weights *weights; /* NULL when opened untrained */
};

enum status analyser_open_with(const char *data_folder, const char *weights,
                               struct analyser **analyser, struct error *err)
{
    *analyser = NULL;
    struct buf folder = BUF_INIT;
    buf_format(&folder, "%s/lexicon", data_folder);
    struct lexicon *lexicon;
    enum status status = lexicon_open(buf_c(&folder), &lexicon, err);
    buf_done(&folder);
    if (status)
        return status;
    *analyser = memory_new(1, sizeof **analyser);
    (*analyser)->lexicon = lexicon;
    status = weights ? name_weights_open(weights, &(*analyser)->weights, err) : STATUS_OK;
    if (status) {
        analyser_close(*analyser);
        *analyser = NULL;
    }
    return status;
}

enum status analyser_open(const char *data_folder, struct analyser **analyser, struct error *err)
{
    struct buf path = BUF_INIT;
    buf_format(&path, "%s/names/en.weights", data_folder);
    enum status status = analyser_open_with(data_folder, buf_c(&path), analyser, err);
    buf_done(&path);
    return status;
}

void analyser_close(struct analyser *analyser)
{
    if (!analyser)
        return;
    lexicon_close(analyser->lexicon);
    name_weights_close(analyser->weights);
    memory_free(analyser);
}

const struct lexicon *analyser_lexicon(const struct analyser *analyser)
{
    return analyser->lexicon;
}

const struct name_weights *analyser_name_weights(const struct analyser *analyser)
{
    return analyser->weights;
}

void analyse_article(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis)
{
    *analysis = (struct analysis){.tokens = {0}};
    for (const struct pass *pass = passes; pass->name; pass++)
        pass->run(analyser, arena, article, analysis);
}
