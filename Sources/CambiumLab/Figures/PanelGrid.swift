/// Small multiples: panels of one size in rows, below a legend.
struct PanelGrid {
  /// How many panels there are, at least 1.
  var count: Int
  /// The most panels in a row.
  var mostColumns = 4
  var panelWidth: Double
  var panelHeight: Double
  var legendHeight = 0.0
  var margin = 12.0

  private var columns: Int { min(mostColumns, max(1, count)) }

  /// The width of the whole drawing; wide enough for a legend.
  var width: Double { max(2 * margin + Double(columns) * panelWidth, 440) }

  /// The height of the whole drawing.
  var height: Double {
    2 * margin + legendHeight + Double((count + columns - 1) / columns) * panelHeight
  }

  /// The upper left corner of a panel.
  func origin(of index: Int) -> (x: Double, y: Double) {
    (
      margin + Double(index % columns) * panelWidth,
      margin + legendHeight + Double(index / columns) * panelHeight
    )
  }
}
