/* Who appears with whom, as graphs for Gephi, Cytoscape, networkx and others: nodes are persons
 * (or places, organisations), an edge joins two that an article names, and weighs as many articles
 * as do. */
#ifndef APP_PEOPLE_GRAPH_H
#define APP_PEOPLE_GRAPH_H

#include "app/report.h"

/* What the listing of entities works on: report->own. */
struct people {
    struct entity_query query;
    VEC(int64_t)
    shown; /* nodes of a graph: edges join these alone; 8 bytes each is all that is held */
};
/* GraphML and GEXF 1.3, of struct entity_row. */
extern const struct listing_form people_graphs[];

#endif
