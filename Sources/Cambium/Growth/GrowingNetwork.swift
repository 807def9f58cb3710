internal import CKernels
internal import CambiumCore

/// A network while it grows: its units, their responses on the samples, and the readout fitted to them.
struct GrowingNetwork {
  /// The samples it learns.
  private(set) var data: Dataset
  /// The first of these as they are, where it learns what others say of them.
  private let own: Dataset?
  /// Samples that it is only measured on.
  private(set) var heldOut: Dataset?
  let workers: WorkerPool
  /// Φ on the samples.
  private(set) var design: DesignMatrix
  private(set) var heldOutDesign: DesignMatrix?
  /// What the readout is fitted from.
  private(set) var equations: NormalEquations
  private(set) var units: [Network.Unit] = []
  /// B.
  private(set) var readout: Matrix
  /// The ridge that it grows under, for each sample.
  let ridge: Double
  /// The ridge of each kind of source.
  var decay: ReadoutDecay
  /// Which columns of units are kept.
  private let unitColumns: UnitColumns
  /// Whether what there is one of for each sample is not kept, but computed tile by tile when it is asked for, and sums over
  /// the samples are put together from those of tiles: of large data.
  let isStreamed: Bool
  /// ΦB on the samples; nil where it is streamed.
  private var keptScores: Matrix?
  /// Regression: the range of each target over the samples and a fifth of its width on both sides.
  private(set) var outputRanges: [ClosedRange<Double>]
  /// How many units there were when all were last replaced; 0 where they never were.
  private(set) var tunedCount = 0

  /// The network without units, its readout fitted. Where not all columns of units are kept (``DesignMatrix``), it is
  /// streamed in any case.
  init(
    data: Dataset, own: Dataset? = nil, heldOut: Dataset?, ridge: Double, workers: WorkerPool,
    unitColumns: UnitColumns = .kept, isStreamed: Bool = false
  ) {
    self.data = data
    self.own = own
    self.heldOut = heldOut
    self.workers = workers
    self.ridge = ridge
    self.unitColumns = unitColumns
    self.isStreamed = isStreamed || unitColumns != .kept
    design = DesignMatrix(
      inputs: data.inputs, keepsUnits: unitColumns == .kept,
      unitPrecision: self.isStreamed ? .float32 : .float64,
      of: unitColumns == .ofOwnRows ? workers.presentTeam : nil, workers: workers)
    heldOutDesign = heldOut.map { DesignMatrix(inputs: $0.inputs) }
    equations = NormalEquations(design: design, data: data, workers: workers)
    readout = Matrix(rows: 1 + data.featureCount, columns: data.outputCount)
    decay = ReadoutDecay(all: ridge * data.totalWeight)
    outputRanges = Self.outputRanges(of: own ?? data)
    refitReadout()
  }

  /// The network without units on the same samples.
  var withoutUnits: GrowingNetwork {
    var plain = GrowingNetwork(
      data: data, own: own, heldOut: heldOut, ridge: ridge, workers: workers, unitColumns: unitColumns,
      isStreamed: isStreamed)
    plain.decay = decay
    return plain
  }

  /// The network as it stands on some of its samples, drawn at random; nothing is held out.
  func sampled(_ count: Int, random: RandomStream) -> GrowingNetwork {
    restricted(to: random.generator().sample(count, of: data.sampleCount))
  }

  /// The network as it stands on some of its samples, others of them held out in place of what is held out now.
  func restricted(to rows: [Int], heldOut others: [Int] = []) -> GrowingNetwork {
    GrowingNetwork(self, on: rows, heldOut: others)
  }

  private init(_ whole: GrowingNetwork, on rows: [Int], heldOut others: [Int]) {
    workers = whole.workers
    // The processes of a team look for the rows of large data together.
    let isShared = workers.presentTeam != nil && !whole.design.keepsInputs
    func picked(_ rows: [Int]) -> Dataset {
      isShared ? whole.data.selecting(rows, workers: whole.workers) : whole.data.viewing(rows)
    }
    data = picked(rows)
    own = nil
    design = whole.design.selectingRows(rows, inputs: data.inputs, workers: workers)
    heldOut = others.isEmpty ? nil : picked(others)
    heldOutDesign = heldOut.map {
      whole.design.selectingRows(others, inputs: $0.inputs, workers: whole.workers)
    }
    equations = NormalEquations(design: design, data: data, workers: workers)
    (units, readout, ridge, decay) = (whole.units, whole.readout, whole.ridge, whole.decay)
    (unitColumns, isStreamed) = (.kept, false)
    keptScores =
      whole.keptScores?.selectingRows(rows) ?? design.product(with: whole.readout, workers: workers)
    outputRanges = Self.outputRanges(of: data)
    tunedCount = whole.tunedCount
  }

  /// Whether all sums over the samples are numbers.
  var isFinite: Bool {
    keptScores?.values.allSatisfy(\.isFinite) ?? true && equations.gram.allSatisfy(\.isFinite)
      && equations.moments.values.allSatisfy(\.isFinite)
  }

  /// The samples as they are, by which the network is told of.
  var reported: Dataset { own ?? data }

  /// h, the number of units.
  var unitCount: Int { units.count }

  var loss: Loss { Loss(task: data.task) }

  /// ΦB on the samples.
  var scores: Matrix { keptScores ?? design.product(with: readout, workers: workers) }

  /// R = Y − Ŷ, the negative gradient of the loss in the scores.
  var residual: Matrix { residual(of: data.targets, scores: scores) }

  private func residual(of targets: Matrix, scores: Matrix) -> Matrix {
    var residual = loss.outputs(ofScores: scores)
    for k in residual.values.indices { residual.values[k] = targets.values[k] - residual.values[k] }
    return residual
  }

  /// Φ, R and the weights of some samples, or of all.
  func samples(ofRows rows: [Int]?) -> (design: DesignMatrix, residual: Matrix, weights: [Double]?) {
    guard let rows else { return (design, residual, data.weights) }
    let design = design.selectingRows(rows, workers: workers)
    let residual =
      keptScores != nil
      ? residual.selectingRows(rows)
      : residual(
        of: data.targets.selectingRows(rows), scores: design.product(with: readout, workers: workers))
    return (design, residual, data.weights.map { weights in rows.map { weights[$0] } })
  }

  /// The penalty of every row of B.
  var penalties: [Double] { decay.penalties(inputs: data.featureCount, units: unitCount) }

  /// Appends a unit whose range holds all its responses. The readout is to be refitted after.
  mutating func install(_ unit: Network.Unit) {
    if isStreamed {
      append(unit, StreamedColumn(of: unit, over: design, data, workers: workers))
    } else {
      append(unit, unit.column(over: design, workers: workers))
    }
  }

  /// Appends a candidate. The readout is to be refitted after. False where a response of it is not finite, and the network is
  /// as it was: of large data that is not known before.
  mutating func install(_ candidate: Candidate) -> Bool {
    guard isStreamed else {
      append(candidate.unit, candidate.column)
      return true
    }
    let column = StreamedColumn(of: candidate.unit, over: design, data, workers: workers)
    var unit = candidate.unit
    guard let range = column.range else { return false }
    unit.range = range
    guard unit.isSound(before: design.columnCount) else { return false }
    append(unit, column)
    return true
  }

  private mutating func append(_ unit: Network.Unit, _ column: StreamedColumn) {
    units.append(unit)
    equations = equations.appending(cross: column.cross, square: column.square, pulls: column.pulls)
    design.append(unit, values: column.values, workers: workers)
    if let column = heldOutColumn(of: unit) { heldOutDesign?.append(column) }
  }

  private mutating func append(_ unit: Network.Unit, _ column: [Double]) {
    units.append(unit)
    equations = equations.appending(column, to: design, data: data, workers: workers)
    design.append(column)
    if let column = heldOutColumn(of: unit) { heldOutDesign?.append(column) }
  }

  /// Fits the readout to the units there are.
  mutating func refitReadout() {
    readout = ReadoutFitter(data: data, workers: workers).fit(
      design: design, equations: equations, penalties: penalties, start: readout)
    keepScores()
  }

  private mutating func keepScores() {
    keptScores = isStreamed ? nil : design.product(with: readout, workers: workers)
  }

  /// Notes with each unit how many samples were first represented with it.
  mutating func noteCoveredFirst(_ counts: [Int]) {
    for (index, count) in counts.enumerated() { units[index].coveredFirst = count }
  }

  /// Replaces all units, as tuning does: responses are computed anew, in place, and each unit's clipping range is set to
  /// them. False where a response is not finite, and the network is as it was.
  mutating func replace(units: [Network.Unit], readout: Matrix) -> Bool {
    guard let ranged = rewritingColumns(of: units) else {
      if design.keepsSomeOfUnits {
        Self.rewrite(&design, with: self.units, from: 1 + data.featureCount, workers)
      }
      return false
    }
    if !design.keepsUnits { design.replaceComputed(by: ranged) }
    self.units = ranged
    self.readout = readout
    if var heldOut = heldOutDesign.take() {
      Self.rewrite(&heldOut, with: ranged, from: 1 + data.featureCount, workers)
      heldOutDesign = heldOut
    }
    equations = NormalEquations(design: design, data: data, workers: workers)
    keepScores()
    tunedCount = units.count
    return true
  }

  /// Writes the columns of units that are to take the place of those there are. Returns them with their clipping ranges;
  /// nil where a response is not finite.
  private mutating func rewritingColumns(of units: [Network.Unit]) -> [Network.Unit]? {
    let tileCount = design.tileCount
    let first = 1 + data.featureCount
    let precision = design.unitPrecision
    var extremes = [ResponseRange](repeating: ResponseRange(), count: units.count * tileCount)
    extremes.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let extremes = buffer
      design.rewriteColumns(from: first, workers: workers) { t, tile, columns in
        for (index, unit) in units.enumerated() {
          let column = columns + index * tile.count
          unit.preactivate(rows: tile.count, sources: tile.base, into: column)
          cambium_values(unit.activation.function, tile.count, column, column)
          extremes[index * tileCount + t].include(column, count: tile.count)
          cambium_standardise(tile.count, column, unit.offset, unit.scale, column)
          precision.round(column, count: tile.count)
        }
      }
    }
    var ranged = units
    for index in units.indices {
      let all = ResponseRange(of: extremes[index * tileCount..<(index + 1) * tileCount], on: workers)
      guard all.isFinite else { return nil }
      ranged[index].range = Network.widened([all.low, all.high])
      guard ranged[index].isSound(before: first + index) else { return nil }
    }
    return ranged
  }

  private static func rewrite(
    _ design: inout DesignMatrix, with units: [Network.Unit], from first: Int, _ workers: WorkerPool
  ) {
    let precision = design.unitPrecision
    design.rewriteColumns(from: first, workers: workers) { _, tile, columns in
      for (index, unit) in units.enumerated() {
        let column = columns + index * tile.count
        unit.respond(rows: tile.count, sources: tile.base, into: column)
        precision.round(column, count: tile.count)
      }
    }
  }

  /// Takes a readout that was fitted to these units before.
  mutating func set(readout: Matrix) {
    self.readout = readout
    keepScores()
  }

  /// A unit's column on the held-out samples. (A function of its own, so that no second reference to the held-out
  /// Φ is alive when it is written to: that would copy it.)
  private func heldOutColumn(of unit: Network.Unit) -> [Double]? {
    heldOutDesign.map { unit.column(over: $0, workers: workers) }
  }

  /// Scores on the held-out samples.
  func heldOutScores() -> Matrix? { heldOutDesign?.product(with: readout, workers: workers) }

  /// The mean loss on the held-out samples.
  func heldOutLoss() -> Double? { heldOut == nil ? nil : heldOutLoss(with: readout) }

  /// The mean loss on the held-out samples with another readout, of the leading columns of Φ; infinite without
  /// held-out samples, and where it is not a number, so that such a readout is never preferred.
  func heldOutLoss(with readout: Matrix) -> Double {
    guard let heldOut, let heldOutDesign else { return .infinity }
    let scores = heldOutDesign.product(with: readout, workers: workers)
    let loss = meanLoss(scores: scores.clipped(to: outputRanges), of: heldOut)
    return loss.isNaN ? .infinity : loss
  }

  /// The mean loss of scores.
  func meanLoss(scores: Matrix, of samples: Dataset) -> Double {
    let value = loss.valueAndGradient(scores: scores, targets: samples.targets, weights: samples.weights)
      .value
    return value / samples.totalWeight
  }

  private static func outputRanges(of data: Dataset) -> [ClosedRange<Double>] {
    guard data.task == .regression else { return [] }
    return (0..<data.outputCount).map { Network.widened(data.targets.column($0)) }
  }

  /// The network as it stands.
  var network: Network {
    let network = Network(
      inputCount: data.featureCount, units: units, readout: readout, task: data.task,
      outputRanges: outputRanges)
    guard let network else { preconditionFailure("a growing network has sound parts") }
    return network
  }
}

extension Dataset {
  /// The sum of the samples' weights.
  var totalWeight: Double { weights?.reduce(0, +) ?? Double(sampleCount) }
}

extension Matrix {
  /// Every column clipped to its range; itself without ranges.
  func clipped(to ranges: [ClosedRange<Double>]) -> Matrix {
    guard ranges.count == columns else { return self }
    var clipped = self
    for (j, range) in ranges.enumerated() {
      for i in 0..<rows { clipped[i, j] = min(max(self[i, j], range.lowerBound), range.upperBound) }
    }
    return clipped
  }
}
