internal import CambiumCore

/// The part of the page that shows how networks grew, round by round.
struct ReplaySection {
  /// A run whose growth was kept.
  struct Run {
    /// The learner's name in the experiment.
    var learner: String
    /// The data set's name in the experiment.
    var data: String
    var replay: GrowthReplay

    /// What people choose it by.
    var title: String { "\(learner) on \(data)" }

    /// The drawing as a file; nil where it would be too crowded.
    var figure: ReportFigure? {
      guard replay.units.count <= mostUnitsInPrint, replay.inputs.count <= mostInputsInPrint,
        let drawing = NetworkDrawing(of: replay, title: title)
      else { return nil }
      let name = "network-\(learner)-\(data)".map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      return ReportFigure(
        name: String(name), title: title, caption: "The network that \(title) ended with, ring by ring.",
        svg: drawing.svg)
    }
  }

  static let mostUnitsInPrint = 20
  static let mostInputsInPrint = 30

  let runs: [Run]

  /// The section; nil where no growth was kept.
  var section: PageSection? {
    guard !runs.isEmpty else { return nil }
    return PageSection(identifier: "replay", title: "Growth, round by round", body: body)
  }

  private var body: String {
    let options = runs.enumerated().map { "<option value=\"\($0)\">\(escapedForMarkup($1.title))</option>" }
    let drawings = runs.enumerated().map { index, run in
      let svg = NetworkDrawing(of: run.replay, title: run.title)?.svg
      let drawing =
        svg.map(EmbeddedFigure.themed)
        ?? "<p class=\"figures\">This network has no drawing: no unit, or too many.</p>\n"
      return "<div class=\"network\" data-run=\"\(index)\">\n\(drawing)</div>\n"
    }
    return """
      <p class="caption">The first split of each data set, with the first seed. Inputs lie in the middle, each unit on a ring of \
      its own in the order of installation; whole blue lines are positive weights, dashed orange ones negative, green ones \
      the widths of radial units; rays to the outermost ring are weights in the outputs. Weights are those of the finished \
      network.</p>
      <div class="replay">
      <div class="controls">
      <label>Run <select id="replay-run">\(options.joined())</select></label>
      <button type="button" id="replay-play">Play</button>
      <input type="range" id="replay-stage" min="0" max="0" value="0" step="1" aria-label="Round">
      <output id="replay-round" for="replay-stage"></output>
      </div>
      <div class="stage">
      <div>
      \(drawings.joined())</div>
      <div>
      <canvas id="replay-picture" width="960" height="720" role="img" aria-label="What the network answers"></canvas>
      <p class="figures" id="replay-legend"></p>
      </div>
      </div>
      <p class="figures" id="replay-covered"></p>
      <div class="coverage" aria-hidden="true"><div id="replay-coverage"></div></div>
      <p class="figures" id="replay-figures" aria-live="polite"></p>
      </div>
      <script type="application/json" id="replays">\(json)</script>

      """
  }

  /// What the script needs of the replays. A "<" could end the element that they stand in.
  private var json: String {
    let replays = runs.map { run in
      Shown(
        units: run.replay.units.map {
          .init(activation: $0.activation, connections: $0.sources.count, pruned: $0.pruned)
        }, scene: run.replay.scene, stages: run.replay.stages)
    }
    return ReplayStore.text(of: replays).replacing("<", with: "\\u003c")
  }

  /// A replay without the weights, which the drawings show.
  private struct Shown: Encodable {
    struct Unit: Encodable {
      var activation: Activation
      var connections: Int
      var pruned: Int
    }

    var units: [Unit]
    var scene: ReplayScene
    var stages: [GrowthReplay.Stage]
  }
}
