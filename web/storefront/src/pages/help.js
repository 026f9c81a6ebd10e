import { html, nothing } from "lit";
import { shop } from "../api.js";
import { day, human } from "../words.js";
import { safeFragment } from "../safe.js";

const byTopic = (articles) => Map.groupBy(articles, (article) => article.topic);

/** All articles under their topics. */
export function helpPage() {
  return {
    key: "help",
    title: "Help",
    load: () => shop.articles(),
    view: (articles) => html`<h1 class="list-title" tabindex="-1">How can we help?</h1>
      <p class="lead">Everything we know, in plain words. The assistant answers from these same pages and shows you where.</p>
      <div class="topics">${[...byTopic(articles)].map(
        ([topic, list]) => html`<section><h2>${human(topic)}</h2><ul>${list.map((article) => html`<li><a href="/help/${article.slug}">${article.title}</a></li>`)}</ul></section>`,
      )}</div>`,
  };
}

/** One article. */
export function articlePage({ id }) {
  const page = { key: `help ${id}`, title: "Help" };
  page.load = async () => {
    const article = await shop.article(id);
    page.title = article.title;
    return article;
  };
  page.view = (article) => html`<nav class="crumbs" aria-label="Where you are"><a href="/">Shop</a> <a href="/help">Help</a></nav>
    <article class="article">
      <h1 tabindex="-1">${article.title}</h1>
      ${article.updated ? html`<p class="soft">Last changed on ${day(article.updated)}</p>` : nothing}
      ${safeFragment(article.html)}
    </article>`;
  return page;
}
