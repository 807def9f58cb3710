internal import CambiumCore
internal import Foundation

/// How much backpropagation moved each layer, learner by learner: the experiment on vanishing gradients.
struct LayerUpdateSummary: Equatable {
  /// An epoch of a learner: for each layer, from the inputs on, the geometric mean over the runs of a weight's gradient, root
  /// mean square over weights and steps.
  struct Epoch: Equatable {
    var epoch: Int
    var gradients: [Double]

    /// The first layer's gradient over the last one's; nil where there is but one layer, or no gradient.
    var ratio: Double? {
      guard gradients.count > 1, let first = gradients.first, let last = gradients.last, last > 0 else {
        return nil
      }
      return first / last
    }
  }

  /// A learner's epochs, rising.
  struct Learner: Equatable {
    /// Its place among the experiment's learners.
    var place: Int
    var name: String
    var epochs: [Epoch]

    /// The number of layers of weights.
    var layers: Int { epochs.first?.gradients.count ?? 0 }
  }

  let learners: [Learner]

  /// The smallest gradient that counts as one: zeros, as of rectifiers that are all off, have no logarithm.
  private static let least = 1e-30

  /// The summary of an experiment's records; nil where no learner told of its updates.
  ///
  /// An epoch counts where at least half of the runs reached it.
  init?(of experiment: Experiment, records: [String: RunRecord]) {
    let groups = Dictionary(grouping: experiment.cells, by: \.learner)
    learners = experiment.spec.learners.indices.compactMap { place -> Learner? in
      let runs = groups[place, default: []].compactMap { records[$0.identity]?.result?.report.layerUpdates }
      let layers = runs.lazy.compactMap { $0.first?.gradients.count }.first ?? 0
      let updates = runs.joined().filter { $0.gradients.count == layers }
      let epochs = Dictionary(grouping: updates, by: \.epoch).filter { 2 * $0.value.count >= runs.count }
      guard layers > 0, !epochs.isEmpty else { return nil }
      return Learner(
        place: place, name: experiment.spec.learners[place].name,
        epochs: epochs.sorted { $0.key < $1.key }.map { epoch, updates in
          Epoch(
            epoch: epoch,
            gradients: (0..<layers).map { layer in
              exp(
                updates.reduce(0) { $0 + log(max(Self.least, $1.gradients[layer])) } / Double(updates.count))
            })
        })
    }
    if learners.isEmpty { return nil }
  }

  /// The epochs that tables and figures show: the first, one in the middle, the last.
  static func shown(_ epochs: [Epoch]) -> [Epoch] {
    epochs.count < 4 ? epochs : [epochs[0], epochs[epochs.count / 2], epochs[epochs.count - 1]]
  }

  /// The words above the table.
  private static let caption =
    "Gradient of the first layer over that of the last one, root mean squares of a weight, geometric means over the runs. The "
    + "last epoch is the last power of two that half of the runs reached."

  private var rows: [(name: String, layers: Int, ratios: [Epoch])] {
    learners.filter { $0.layers > 1 }.map { ($0.name, $0.layers, Self.shown($0.epochs)) }
  }

  private static func text(_ epoch: Epoch?) -> String {
    guard let epoch, let ratio = epoch.ratio else { return "–" }
    return (ratio >= 0.001 ? NumberFormat.significant(ratio, digits: 2) : String(format: "%.0e", ratio))
      + " (\(epoch.epoch))"
  }

  private static let columns = ["learner", "layers of weights", "first epoch", "middle", "last"]

  /// As Markdown.
  var markdown: String {
    var page = Self.caption + "\n\n" + markdownLine(Self.columns) + "|---|---:|---:|---:|---:|\n"
    for row in rows { page += markdownLine([row.name, "\(row.layers)"] + Self.cells(row.ratios)) }
    return page
  }

  /// As HTML.
  var htmlTable: HTMLTable {
    HTMLTable(
      caption: escapedForMarkup(Self.caption),
      columns: Self.columns.enumerated().map { .init(title: $1, isNumber: $0 > 0) },
      rows: rows.map { row in
        [.init(row.name), .init("\(row.layers)", value: Double(row.layers))]
          + zip(Self.cells(row.ratios), Self.places(row.ratios)).map { .init($0, value: $1?.ratio) }
      })
  }

  private static func places(_ epochs: [Epoch]) -> [Epoch?] {
    [epochs.first, epochs.count > 2 ? epochs[1] : nil, epochs.count > 1 ? epochs.last : nil]
  }

  private static func cells(_ epochs: [Epoch]) -> [String] { places(epochs).map(text) }
}
