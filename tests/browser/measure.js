// Run at the end of an exported page by check_report.sh: what the browser made of it, a line each,
// those that are wrong with FAILED in front.
(function () {
    var lines = ["expected found what"];
    function expect(what, wanted, found) {
        lines.push((wanted === found ? "" : "FAILED ") + wanted + " " + found + " " + what);
    }
    function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
    var root = document.documentElement;

    expect("pixels of text beyond the right edge", 0,
           Math.max(0, root.scrollWidth - root.clientWidth));
    expect("files asked for", 0, performance.getEntriesByType("resource").length);
    expect("scripts but this", 0, all("script").length - 1);
    expect("elements that load or run something", 0,
           all("img,iframe,object,embed,form,link,base,video,audio,svg,math").length);
    expect("handlers in attributes", 0, all("*").filter(function (element) {
        return Array.prototype.some.call(element.attributes, function (attribute) {
            return /^on/i.test(attribute.name);
        });
    }).length);
    expect("links to nowhere", 0, all("a[href^='#']").filter(function (link) {
        return !document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    }).length);
    expect("links that are neither within nor http", 0, all("a").filter(function (link) {
        return !/^(#|https?:\/\/)/.test(link.getAttribute("href"));
    }).length);
    var ids = all("[id]").map(function (element) { return element.id; });
    expect("ids used twice", 0, ids.length - new Set(ids).size);
    expect("elements without a size that have text", 0, all("p,li,td,h1,h2,h3,h4,dt,blockquote,pre")
        .filter(function (element) {
            var box = element.getBoundingClientRect();
            return element.textContent.trim() && (box.width < 1 || box.height < 1);
        }).length);
    expect("the title of the page", "a.dossier", document.title);
    expect("sections", "passages people timeline articles",
           all("main > section").map(function (section) { return section.id; }).join(" "));
    expect("rows of the table of water levels", 4, all("table").filter(function (table) {
        return /Level, in metres/.test(table.textContent);
    }).reduce(function (count, table) { return count + table.rows.length; }, 0));
    expect("cells of it", 12, all("table").filter(function (table) {
        return /Level, in metres/.test(table.textContent);
    }).reduce(function (count, table) { return count + table.querySelectorAll("td").length; }, 0));
    expect("points of the list of what to do", 2, all("article ul").filter(function (list) {
        return /leave the cellar/.test(list.textContent);
    }).reduce(function (count, list) { return count + list.children.length; }, 0));
    expect("points with two bullets", 0, all("article li").filter(function (point) {
        return /^\s*[•*-]\s/.test(point.textContent);
    }).length);
    expect("words of the passage in the article", "two metres in the town of Larnau",
           all("mark").map(function (mark) { return mark.textContent; }).join(""));
    expect("strong words", "two metres", all("article strong").map(function (element) {
        return element.textContent;
    }).join(" "));
    expect("hostile titles shown as text", true,
           document.body.textContent.indexOf("<img src=x onerror=alert(1)>") >= 0);
    expect("persons with an entry", true, all("dt[id^='p']").length >= 40);
    expect("links of names that lead to people", true, all("a.person").length >= 100);

    var result = document.createElement("pre");
    result.id = "measured";
    result.textContent = "\n" + lines.join("\n") + "\nend\n";
    document.body.appendChild(result);
})();
