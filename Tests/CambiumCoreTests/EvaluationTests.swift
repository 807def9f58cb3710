import CambiumCore
import Foundation
import Testing

/// References: scikit-learn 1.x (`mean_squared_error`, `mean_absolute_error`, `r2_score`, `log_loss`) on the same
/// numbers; the Brier score by its formula in NumPy.
@Suite struct EvaluationTests {
  private func dataset(_ text: String, targets: [String]) throws -> (Preprocessing, Dataset) {
    let table = try Table.parse(text)
    let preprocessing = try Preprocessing.fit(to: table, targets: targets).preprocessing
    return (preprocessing, try preprocessing.dataset(from: table))
  }

  private func regression() throws -> (Preprocessing, Dataset, outputs: Matrix) {
    let (preprocessing, dataset) = try dataset(
      "a,y,z\n1,1,10\n2,2,14\n3,4,11\n4,8,19\n", targets: ["y", "z"])
    guard case .numbers(let targets) = preprocessing.target else {
      return (preprocessing, dataset, dataset.targets)
    }
    let predicted = [[1.5, 2, 3, 9], [11, 12, 11.5, 15]]
    var outputs = dataset.targets
    for (column, target) in targets.enumerated() {
      for row in 0..<4 { outputs[row, column] = target.scaling.standardised(predicted[column][row]) }
    }
    return (preprocessing, dataset, outputs)
  }

  @Test func regressionFigures() throws {
    let (preprocessing, dataset, outputs) = try regression()
    let evaluation = Evaluation(
      outputs: outputs, dataset: dataset, preprocessing: preprocessing, tolerance: 0.3)
    #expect(evaluation.rows == 4 && evaluation.task == .regression)
    #expect(abs(try #require(evaluation.rmse) - 1.713913650100261) < 1e-12)
    #expect(abs(try #require(evaluation.mae) - 1.25) < 1e-12)
    #expect(abs(try #require(evaluation.r2) - 0.7440328305235138) < 1e-12)
    // The standard deviations are 3.1 and 4.0: 0.3 of them are 0.93 and 1.2.
    #expect(evaluation.coverage == 0.25)
    #expect(evaluation.errorRate == nil)
  }

  @Test func perfectOutputs() throws {
    let (preprocessing, dataset, _) = try regression()
    let evaluation = Evaluation(
      outputs: dataset.targets, dataset: dataset, preprocessing: preprocessing, tolerance: 0)
    #expect(evaluation.rmse == 0 && evaluation.mae == 0 && evaluation.r2 == 1 && evaluation.coverage == 1)
  }

  @Test func manyClasses() throws {
    let (preprocessing, dataset) = try dataset("a,c\n1,u\n2,v\n3,w\n4,v\n", targets: ["c"])
    let outputs = Matrix(
      rows: 4, columns: 3, values: [0.7, 0.1, 0.2, 0.6, 0.2, 0.8, 0.5, 0.4, 0.1, 0.1, 0.3, 0])
    let evaluation = Evaluation(
      outputs: outputs, dataset: dataset, preprocessing: preprocessing, tolerance: 0)
    #expect(abs(try #require(evaluation.logLoss) - 0.6750205078632583) < 1e-12)
    #expect(abs(try #require(evaluation.brier) - 0.425) < 1e-12)
    #expect(evaluation.errorRate == 0.5 && evaluation.coverage == 0.5)
    #expect(evaluation.rmse == nil && evaluation.task == .classification)
  }

  @Test func twoClasses() throws {
    let (preprocessing, dataset) = try dataset("a,c\n1,n\n2,y\n3,y\n4,n\n", targets: ["c"])
    let outputs = Matrix(rows: 4, columns: 1, values: [0.2, 0.9, 0.4, 0.5])
    let evaluation = Evaluation(
      outputs: outputs, dataset: dataset, preprocessing: preprocessing, tolerance: 0)
    #expect(abs(try #require(evaluation.logLoss) - 0.484485494851534) < 1e-12)
    #expect(abs(try #require(evaluation.brier) - 0.33) < 1e-12)
    #expect(evaluation.errorRate == 0.25)
  }

  @Test func certainMistakesCostAFiniteLoss() throws {
    let (preprocessing, dataset) = try dataset("a,c\n1,n\n2,y\n", targets: ["c"])
    let outputs = Matrix(rows: 2, columns: 1, values: [1, 0])
    let evaluation = Evaluation(
      outputs: outputs, dataset: dataset, preprocessing: preprocessing, tolerance: 0)
    #expect(abs(try #require(evaluation.logLoss) - 15 * logarithm(10)) < 1e-9)
    #expect(evaluation.brier == 2 && evaluation.coverage == 0)
  }

  @Test func undefinedFiguresAreNull() throws {
    let (preprocessing, dataset, outputs) = try regression()
    let oneRow = Evaluation(
      outputs: outputs.selectingRows([0]), dataset: dataset.selecting([0]), preprocessing: preprocessing,
      tolerance: 1)
    #expect(oneRow.r2 == nil && oneRow.rmse != nil)
    let none = Evaluation(
      outputs: outputs.selectingRows([]), dataset: dataset.selecting([]), preprocessing: preprocessing,
      tolerance: 1)
    #expect(none.rmse == nil && none.coverage == nil)
    var broken = outputs
    broken[1, 0] = .nan
    let wrong = Evaluation(outputs: broken, dataset: dataset, preprocessing: preprocessing, tolerance: 10)
    #expect(wrong.rmse == nil && wrong.mae == nil && wrong.r2 == nil && wrong.coverage == 0.75)

    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(
      String(decoding: try encoder.encode(none), as: UTF8.self)
        == #"{"coverage":null,"mae":null,"r2":null,"rmse":null,"rows":0,"task":"regression"}"#)
    #expect(try JSONDecoder().decode(Evaluation.self, from: encoder.encode(oneRow)) == oneRow)
  }

  @Test func classificationHasItsOwnKeys() throws {
    let (preprocessing, dataset) = try dataset("a,c\n1,n\n2,y\n", targets: ["c"])
    let evaluation = Evaluation(
      outputs: dataset.targets, dataset: dataset, preprocessing: preprocessing, tolerance: 0)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(
      String(decoding: try encoder.encode(evaluation), as: UTF8.self)
        == #"{"brier":0,"coverage":1,"errorRate":0,"logLoss":0,"rows":2,"task":"classification"}"#)
  }
}
