/// What the page does.
enum PageScript {
  /// Sorting of tables by their headings, and the replay of growth.
  static let text = "\"use strict\";\n" + sorting + "\n"

  /// Sorts a table by the column whose heading is pressed: numbers by value, what has none last; texts by the alphabet.
  private static let sorting = #"""
    for (const table of document.querySelectorAll("table.sortable")) {
      const headings = [...table.tHead.rows[0].cells];
      const rows = [...table.tBodies[0].rows];
      const key = (row, column) => {
        const cell = row.cells[column];
        if (headings[column].classList.contains("number")) return parseFloat(cell.dataset.value);
        return cell.textContent;
      };
      const compare = (a, b) => {
        if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
        if (isNaN(a) || isNaN(b)) return 0;
        return a - b;
      };
      headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
        const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of headings) other.setAttribute("aria-sort", "none");
        heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        const lacks = row => { const value = key(row, column); return typeof value === "number" && isNaN(value); };
        const sorted = rows.filter(row => !lacks(row))
          .sort((a, b) => direction * compare(key(a, column), key(b, column)));
        table.tBodies[0].append(...sorted, ...rows.filter(lacks));
      }));
    }
    """#
}
