import CCambium
import Testing

/// No argument ends the program; what is wrong is told.
@Suite struct InterfaceErrorTests {
  @Test func nullIsAnError() {
    #expect(Interface.call { cambium_grow(nil, nil, nil, nil, nil, nil, nil, nil, $0) }.error != nil)
    #expect(Interface.call { cambium_model_read(nil, 0, nil, $0) }.error != nil)
    #expect(Interface.call { cambium_model_bytes(nil, nil, $0) }.error != nil)
    #expect(Interface.call { cambium_model_describe(nil, $0) }.error != nil)
    #expect(Interface.call { cambium_model_explain(nil, $0) }.error != nil)
    #expect(Interface.call { cambium_model_predict(nil, nil, 1, nil, 0, 0, $0) }.error != nil)
    #expect(Interface.call { cambium_model_export(nil, nil, nil, nil, $0) }.error != nil)
    // And where nobody wants to know of it.
    #expect(cambium_grow(nil, nil, nil, nil, nil, nil, nil, nil, nil) == nil)
    #expect(cambium_model_predict(nil, nil, 1, nil, 0, 0, nil) != 0)
    cambium_free(nil)
    cambium_model_free(nil)
    cambium_stop_free(nil)
    cambium_stop_request(nil)
  }

  @Test(
    arguments: [
      (-1, 2, 2, 1), (30, -2, 2, 1), (.max, .max, 1, 1), (30, 2, .max, 1), (30, 2, .min, .min),
      (0, 2, 2, 1), (30, 0, 2, 1), (1, 2, 2, 1),
    ] as [(Int64, Int64, Int64, Int64)])
  func sizesThatCannotBeAreErrors(rows: Int64, columns: Int64, rowStride: Int64, columnStride: Int64) {
    Interface.withMatrix(Interface.targets.map { [$0] }) { targets in
      var matrix = cambium_matrix(
        values: targets.pointee.values, rows: rows, columns: columns, row_stride: rowStride,
        column_stride: columnStride)
      let (model, error) = Interface.call { cambium_grow(&matrix, targets, nil, nil, nil, nil, nil, nil, $0) }
      #expect(model == nil)
      #expect(error != nil)
    }
  }

  @Test(arguments: [
    ("{", "request"), ("[1]", "object"), (#"{"sed": 1}"#, "\"seed\""), (#"{"seed": -1}"#, "seed"),
    (#"{"threads": 0}"#, "threads"), (#"{"columns": ["a"]}"#, "2 columns"),
    (#"{"columns": ["a", "a"]}"#, "\"a\""), (#"{"columns": ["a", "y"]}"#, "\"y\""),
    (#"{"classes": ["a", "b"]}"#, "from 0 to 1"), (#"{"targets": ["a", "b"]}"#, "1 columns"),
    (#"{"spec": {"stoping": {}}}"#, "\"stopping\""),
    (#"{"spec": {"stopping": {"patience": 0}}}"#, "stopping.patience"),
    (#"{"spec": {"stopping": {"patience": "x"}}}"#, "stopping.patience"),
    (#"{"spec": {"stopping": {"maximumUnits": 2.5}, "pruning": {"wald": 2.5}}}"#, "stopping.maximumUnits"),
    (#"{"spec": {"stopping": 3}}"#, "stopping"), (#"{"spec": {"topology": "flt"}}"#, "topology"),
    (#"{"spec": {"activations": "sigmod"}}"#, "sigmoid"),
  ])
  func requestThatDoesNotFitIsToldWithItsKey(request: String, word: String) {
    let failure = #expect(throws: InterfaceFailure.self) {
      try Interface.grown(Interface.rows, Interface.targets, request: request)
    }
    #expect(failure?.words.contains(word) == true, "\(failure?.words ?? "nothing")")
  }

  @Test(arguments: [[-1.0], [.nan], [.infinity], [0]])
  func weightsThatCannotBeAreErrors(weight: [Double]) {
    let weights = [Double](repeating: weight[0], count: Interface.rows.count)
    let failure = #expect(throws: InterfaceFailure.self) {
      try Interface.grown(Interface.rows, Interface.targets, weights: weights)
    }
    #expect(failure?.words.contains("weight") == true)
  }

  @Test func numbersThatCannotBeAreErrors() {
    for number in [Double.infinity, -.infinity] {
      var rows = Interface.rows
      rows[3][1] = number
      #expect(throws: InterfaceFailure.self) { try Interface.grown(rows, Interface.targets) }
    }
    #expect(throws: InterfaceFailure.self) {
      try Interface.grown(Interface.rows, Interface.rows.map { _ in 1 })
    }
  }

  @Test func bytesThatAreNoModelAreErrors() {
    for text in ["", "{}", "cambium", #"{"format": "cambium-model", "version": 1, "learner": "mlp"}"#] {
      let (model, error) = Interface.call { error in
        Array(text.utf8).withUnsafeBufferPointer {
          let start = $0.baseAddress ?? UnsafePointer(bitPattern: 8)
          return cambium_model_read(start, Int64(text.utf8.count), nil, error)
        }
      }
      #expect(model == nil)
      #expect(error != nil)
    }
  }

  @Test func columnsThatTheModelMissesAreErrors() throws {
    let (model, _) = try Interface.grown(Interface.rows, Interface.targets)
    defer { cambium_model_free(model) }
    var count: Int64 = 0
    let bytes = try #require(cambium_model_bytes(model, &count, nil))
    defer { cambium_free(bytes) }
    for columns in [#"["x0"]"#, #"["x0", "x0", "x1"]"#, "[1]", "x0"] {
      #expect(Interface.call { cambium_model_read(bytes, count, columns, $0) }.error != nil)
    }
    #expect(throws: InterfaceFailure.self) { try Interface.predicted([[1]], by: model) }
    #expect(throws: InterfaceFailure.self) { try Interface.predicted(Interface.rows, by: model, outputs: 2) }
    for threads in [0, -1, 100_000] as [Int32] {
      #expect(
        Interface.withMatrix(Interface.rows) {
          cambium_model_predict(model, $0, threads, nil, 30, 1, nil)
        } != 0)
    }
  }
}
