import type { Show } from "./catalogue";

/** The shop's front page. */
export function frontPage(shows: readonly Show[]): string {
  const items = shows.map((show) => {
    const title = escapeHtml(show.title);
    return `<li><a href="/events/${show.id}">${title}</a>, ${escapeHtml(show.venue)}: $${show.price}</li>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ticket shop</title>
<h1>Ticket shop</h1>
<ul>
${items.join("\n")}
</ul>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
