internal import CambiumCore

/// The shape of a convolutional network.
///
/// Values of pictures stand plane by plane: channel c of place p in column c · places + p, a row for each sample. The
/// weights of a convolution are a (1 + channels · k²) × filters matrix: bias, then channel by channel the window's rows.
struct ConvolutionShape: Sendable, Equatable {
  /// One convolution with the pooling after it.
  struct Stage: Sendable, Equatable {
    /// Of the pictures that it reads.
    let rows, columns, channels: Int
    /// The pictures that it gives, before and after pooling, have as many channels.
    let filters: Int
    /// The side of a window.
    let kernel: Int
    /// The side of a square that becomes one value.
    let pooling: Int

    /// Places before pooling.
    var places: Int { rows * columns }
    /// Rows after it.
    var pooledRows: Int { (rows + pooling - 1) / pooling }
    /// Columns after it.
    var pooledColumns: Int { (columns + pooling - 1) / pooling }
    /// Values that it gives.
    var outputCount: Int { pooledRows * pooledColumns * filters }
    /// Numbers in a window.
    var windowCount: Int { kernel * kernel * channels }
    /// Numbers that one sample's passage keeps.
    var memoryCount: Int { places * (1 + 2 * windowCount + channels + 3 * filters) + 3 * outputCount }
  }

  /// The most numbers that one sample's passage may keep.
  static let largestMemoryCount = 400_000

  /// Rows, columns and channels, and where the inputs stand in them.
  let places: InputPlaces
  /// The convolutions.
  let stages: [Stage]
  /// What keeps one value of each square.
  let pooling: Pooling
  /// The fully connected layers on top.
  let top: LayerShape

  /// A network for pictures of three sides; nil where a passage would keep too many numbers.
  init?(
    places: InputPlaces, filters: [Int], kernel: Int, poolingSide: Int, pooling: Pooling, units: [Int],
    outputCount: Int, activation: Activation, dropout: Double = 0
  ) {
    guard places.shape.count == 3, places.count <= Self.largestMemoryCount else { return nil }
    var (rows, columns, channels) = (places.shape[0], places.shape[1], places.shape[2])
    var stages: [Stage] = []
    var memory = 0
    for count in filters {
      let stage = Stage(
        rows: rows, columns: columns, channels: channels, filters: count, kernel: kernel, pooling: poolingSide
      )
      memory += stage.memoryCount
      guard memory <= Self.largestMemoryCount else { return nil }
      stages.append(stage)
      (rows, columns, channels) = (stage.pooledRows, stage.pooledColumns, count)
    }
    self.places = places
    self.stages = stages
    self.pooling = pooling
    top = LayerShape(
      widths: [rows * columns * channels] + units + [outputCount], activation: activation, slope: 1,
      dropout: dropout)
  }
}

extension ConvolutionShape: BackpropagatedNetwork {
  // Small tiles: a batch is shared out among threads, and a tile's windows stay in the cache.
  var tileRows: Int { 8 }

  var layout: WeightLayout {
    WeightLayout(
      stages.map { WeightBlock(fanIn: $0.windowCount, fanOut: $0.filters) } + top.layout.blocks)
  }

  func passage(capacity: Int) -> any NetworkPassage { ConvolutionPassage(shape: self, capacity: capacity) }

  var description: String { "\(stages.count) convolutions" }
}
