import CCambium
import Testing

/// What the interface does is what the library does, whatever way arrays lie in memory.
@Suite struct InterfaceTests {
  @Test func modelReadFromItsBytesGivesTheSameAnswers() throws {
    let (model, report) = try Interface.grown(Interface.rows, Interface.targets)
    defer { cambium_model_free(model) }
    #expect(report.contains("\"stopReason\""))
    var count: Int64 = 0
    let bytes = try #require(Interface.call { cambium_model_bytes(model, &count, $0) }.result)
    defer { cambium_free(bytes) }
    let copy = try #require(Interface.call { cambium_model_read(bytes, count, nil, $0) }.result)
    defer { cambium_model_free(copy) }
    let answers = try Interface.predicted(Interface.rows, by: model)
    #expect(try Interface.predicted(Interface.rows, by: copy) == answers)
    #expect(zip(answers, Interface.targets).allSatisfy { abs($0 - $1) < 1 })
  }

  @Test func orderOfMemoryChangesNothing() throws {
    let (model, _) = try Interface.grown(Interface.rows, Interface.targets)
    defer { cambium_model_free(model) }
    let expected = try Interface.predicted(Interface.rows, by: model)
    let rows = Interface.rows
    // Column after column, and from the last number to the first.
    let byColumn = rows.map { $0[0] } + rows.map { $0[1] }
    let backwards = Array(rows.flatMap { $0 }.reversed())
    let layouts: [(values: [Double], start: Int, rowStride: Int64, columnStride: Int64)] = [
      (byColumn, 0, 1, Int64(rows.count)), (backwards, backwards.count - 1, -2, -1),
    ]
    for layout in layouts {
      var answers = [Double](repeating: .nan, count: rows.count)
      let status = layout.values.withUnsafeBufferPointer { values in
        var matrix = cambium_matrix(
          values: values.baseAddress.map { $0 + layout.start }, rows: Int64(rows.count), columns: 2,
          row_stride: layout.rowStride, column_stride: layout.columnStride)
        return cambium_model_predict(model, &matrix, 1, &answers, Int64(rows.count), 1, nil)
      }
      #expect(status == 0)
      #expect(answers == expected)
    }
  }

  @Test func sampleOfNoWeightIsNotThere() throws {
    let weights = Interface.rows.indices.map { $0.isMultiple(of: 3) ? 0.0 : 1 + Double($0 % 2) }
    let kept = weights.indices.filter { weights[$0] > 0 }
    let (weighted, _) = try Interface.grown(Interface.rows, Interface.targets, weights: weights)
    defer { cambium_model_free(weighted) }
    let (without, _) = try Interface.grown(
      kept.map { Interface.rows[$0] }, kept.map { Interface.targets[$0] }, weights: kept.map { weights[$0] })
    defer { cambium_model_free(without) }
    let answers = try Interface.predicted(Interface.rows, by: weighted)
    #expect(try Interface.predicted(Interface.rows, by: without) == answers)
  }

  @Test func probabilitiesStandInTheOrderOfTheClasses() throws {
    let classes = Interface.targets.map { $0 > 2 ? 0.0 : 1 }
    let (model, _) = try Interface.grown(
      Interface.rows, classes, request: #"{"classes": ["large", "a small one"]}"#)
    defer { cambium_model_free(model) }
    let answers = try Interface.predicted(Interface.rows, by: model, outputs: 2)
    for (row, place) in classes.enumerated() {
      #expect(abs(answers[2 * row] + answers[2 * row + 1] - 1) < 1e-12)
      #expect(answers[2 * row + Int(place)] > 0.5)
    }
    let described = Interface.taken(cambium_model_describe(model, nil)) ?? ""
    #expect(described.contains(#""classes":["large","a small one"]"#))
  }

  @Test func wishForAnEndIsHeard() throws {
    let stop = cambium_stop_create()
    defer { cambium_stop_free(stop) }
    cambium_stop_request(stop)
    let (model, report) = try Interface.grown(Interface.rows, Interface.targets, stop: stop)
    defer { cambium_model_free(model) }
    #expect(report.contains(#""stopReason":"interrupted""#))
  }

  @Test func modelsAreExplainedAndExported() throws {
    let (model, _) = try Interface.grown(Interface.rows, Interface.targets)
    defer { cambium_model_free(model) }
    #expect(Interface.taken(cambium_model_explain(model, nil))?.contains("FORMULA") == true)
    for format in ["c", "swift", "python", "onnx", "sympy", "latex", "dot"] {
      var count: Int64 = 0
      let bytes = cambium_model_export(model, format, #"{"name": "yacht"}"#, &count, nil)
      #expect(bytes != nil && count > 0, "\(format)")
      cambium_free(bytes)
    }
  }
}
