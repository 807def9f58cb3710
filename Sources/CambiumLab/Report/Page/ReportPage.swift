internal import CambiumCore

/// A report as one page of HTML that needs nothing else: no network, no other file.
struct ReportPage {
  let experiment: Experiment
  let records: [String: RunRecord]
  let table: ResultTable
  /// Tables of errors by further metrics, with what these are called.
  let furtherTables: [(title: String, table: ResultTable)]
  let figures: [ReportFigure]
  /// The learners beside published models; nil for none.
  let published: HTMLTable?
  /// Tables of tests over all data sets.
  let statistics: [HTMLTable]
  let replay: ReplaySection

  /// The page.
  var markup: String {
    let sections = sections
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escapedForMarkup(experiment.name)) – Cambium</title>
      <link rel="icon" href="data:,">
      <style>
      \(PageStyle.text)
      </style>
      </head>
      <body>
      <header>
      <p class="eyebrow">Experiment</p>
      <h1>\(escapedForMarkup(experiment.name))</h1>
      \(introduction)<nav aria-label="Sections"><ul>\(sections.map(\.link).joined())</ul></nav>
      </header>
      <main>
      \(sections.map(\.markup).joined())</main>
      <footer>Made from the records of the runs by <code>cambium report</code>; nothing was run anew.</footer>
      <script>
      \(PageScript.text)</script>
      </body>
      </html>

      """
  }

  private var summary: ExperimentSummary { ExperimentSummary(experiment: experiment, records: records) }

  private var introduction: String {
    var text = ""
    if !experiment.spec.question.isEmpty {
      text += "<p class=\"question\">\(escapedForMarkup(experiment.spec.question))</p>\n"
    }
    if !experiment.spec.decision.isEmpty {
      text +=
        "<p class=\"decision\"><b>Decision rule.</b> \(escapedForMarkup(experiment.spec.decision))</p>\n"
    }
    let facts = summary.facts.map {
      "<div><dt>\(escapedForMarkup($0.name))</dt><dd>\(escapedForMarkup($0.value))</dd></div>"
    }
    return text + "<dl class=\"facts\">\(facts.joined())</dl>\n"
  }

  private var sections: [PageSection] {
    var sections = [
      PageSection(
        identifier: "results", title: "Results",
        body: table.errorTable.sortableMarkup(identifier: "errors-caption"))
    ]
    if !furtherTables.isEmpty {
      let tables = furtherTables.enumerated().map { index, further in
        "<h3>\(escapedForMarkup(further.title))</h3>\n"
          + further.table.errorTable.sortableMarkup(identifier: "metric-\(index)-caption")
      }
      sections.append(.init(identifier: "metrics", title: "By other measures", body: tables.joined()))
    }
    if let published {
      sections.append(
        .init(
          identifier: "published", title: "Beside published figures",
          body: published.sortableMarkup(identifier: "published-caption")))
    }
    if !statistics.isEmpty {
      let tables = statistics.enumerated().map { $1.sortableMarkup(identifier: "statistics-\($0)-caption") }
      sections.append(.init(identifier: "statistics", title: "Statistics", body: tables.joined()))
    }
    sections.append(.init(identifier: "figures", title: "Figures", body: figures.map(Self.markup).joined()))
    if let replay = replay.section { sections.append(replay) }
    sections.append(
      .init(
        identifier: "all-figures", title: "All numbers",
        body: table.figureTable.sortableMarkup(identifier: "numbers-caption")))
    sections.append(
      .init(
        identifier: "runs", title: "What was run",
        body: summary.learners.sortableMarkup(identifier: "learners-caption")
          + summary.data.sortableMarkup(identifier: "data-caption")
          + "<p>\(escapedForMarkup(summary.protocolText))</p>\n"))
    if let failures = summary.failures {
      sections.append(
        .init(
          identifier: "failures", title: "Failures",
          body: failures.sortableMarkup(identifier: "failures-caption")))
    }
    return sections
  }

  private static func markup(_ figure: ReportFigure) -> String {
    """
    <figure id="figure-\(figure.name)">
    <h3>\(escapedForMarkup(figure.title))</h3>
    <figcaption>\(escapedForMarkup(figure.caption))</figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label="\(escapedForMarkup(figure.title))">
    \(EmbeddedFigure.themed(figure.svg))</div>
    </figure>

    """
  }
}
