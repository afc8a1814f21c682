#include "analyse/analyse.h"

#include "analyse/acts.h"
#include "analyse/lexicon.h"
#include "analyse/name_weights.h"
#include "analyse/passes.h"
#include "base/buf.h"
#include "base/memory.h"

struct analyser {
    struct lexicon *lexicon;
    struct acts *acts;
    struct name_weights *weights; /* NULL when opened untrained */
};

enum status analyser_open_with(const char *data_folder, const char *weights,
                               struct analyser **analyser, struct error *err)
{
    struct buf folder = BUF_INIT;
    buf_format(&folder, "%s/lexicon", data_folder);
    *analyser = memory_new(1, sizeof **analyser);
    enum status status = lexicon_open(buf_c(&folder), &(*analyser)->lexicon, err);
    buf_add(&folder, STR("/acts.en.rules"));
    if (!status)
        status = acts_open(buf_c(&folder), &(*analyser)->acts, err);
    buf_done(&folder);
    if (!status && weights)
        status = name_weights_open(weights, &(*analyser)->weights, err);
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
    acts_close(analyser->acts);
    name_weights_close(analyser->weights);
    memory_free(analyser);
}

const struct lexicon *analyser_lexicon(const struct analyser *analyser)
{
    return analyser->lexicon;
}

const struct acts *analyser_acts(const struct analyser *analyser)
{
    return analyser->acts;
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
