internal import CambiumCore
internal import CambiumExport

/// The model files that the interface reads: those of grown networks alone and in committees.
enum GrownModels {
  /// The model of a file's bytes, and the columns that predictions will be asked for.
  ///
  /// - Throws: `InputError` where it is another learner's, reads texts, or reads columns that are not among `columns`.
  static func read(_ bytes: [UInt8], columns: [String]?) throws -> ModelHandle {
    let model = try ModelFile.decode(bytes, file: nil)
    for case .text(let input) in model.preprocessing.inputs {
      throw InputError(
        .content, found: "a model that reads the texts of a column, \"\(input.name)\"",
        expected: "a model whose inputs are numbers")
    }
    let names = model.preprocessing.inputs.map(\.name)
    let columns = columns ?? names
    guard Set(columns).count == columns.count, Set(names).isSubset(of: columns) else {
      throw InputError(
        .content, found: "columns of the names \(columns)",
        expected: "different names, all that the model reads among them: \(names)")
    }
    return ModelHandle(model: model, columns: columns)
  }
}
