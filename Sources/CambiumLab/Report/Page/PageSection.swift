/// A part of the page with a heading that can be linked to.
struct PageSection {
  /// What links to it name; a word.
  var identifier: String
  var title: String
  /// Its content as HTML.
  var body: String

  var markup: String {
    "<section id=\"\(identifier)\">\n<h2>\(escapedForMarkup(title))</h2>\n\(body)</section>\n"
  }

  var link: String { "<li><a href=\"#\(identifier)\">\(escapedForMarkup(title))</a></li>" }
}
