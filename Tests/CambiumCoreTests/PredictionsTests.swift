import CambiumCore
import Testing

@Suite struct PredictionsTests {
  private func preprocessing(_ text: String, targets: [String] = []) throws -> Preprocessing {
    try Preprocessing.fit(to: Table.parse(text), targets: targets).preprocessing
  }

  @Test func numbersComeBackInTheirUnits() throws {
    let regression = try preprocessing("a,y\n1,10\n2,20.5\n3,30\n")
    let table = regression.predictions(from: Matrix(rows: 2, columns: 1, values: [0, 1])).table()
    #expect(table.columnNames == ["y"])
    let mean = (10 + 20.5 + 30) / 3
    #expect(abs(try table.numbers("y")[0] - mean) < 1e-12)
    #expect(try table.numbers("y")[1] > mean)
  }

  @Test func twoClasses() throws {
    let classes = try preprocessing("a,c\n1,no\n2,yes\n3,no\n")
    let outputs = Matrix(rows: 4, columns: 1, values: [0.25, 0.75, 0.5, .nan])
    let table = classes.predictions(from: outputs).table(includingProbabilities: true)
    #expect(table.csv() == "c,p:no,p:yes\nno,0.75,0.25\nyes,0.25,0.75\nno,0.5,0.5\nno,0.5,0.5\n")
    #expect(classes.predictions(from: outputs).table().columnNames == ["c"])
  }

  @Test func manyClassesAreNormalised() throws {
    let classes = try preprocessing(
      "a,c\n1,0\n2,1\n3,2\n4,0\n5,1\n6,2\n7,0\n8,1\n9,2\n1,0\n2,1\n3,2\n4,0\n5,1\n6,2\n")
    let outputs = Matrix(rows: 3, columns: 3, values: [2, 0, .nan, 1, -1, .infinity, 1, 0, -.infinity])
    guard case .classes(let predictions) = classes.predictions(from: outputs) else {
      Issue.record("not classes")
      return
    }
    #expect(predictions.classNames == ["0", "1", "2"])
    #expect(predictions.classIndices == [0, 0, 0])
    #expect((0..<3).map { predictions.probabilities[0, $0] } == [0.5, 0.25, 0.25])
    for row in 0..<3 {
      #expect(abs((0..<3).reduce(0) { $0 + predictions.probabilities[row, $1] } - 1) < 1e-15)
    }
    #expect(predictions.probabilities.values.allSatisfy { $0.isFinite })
  }

  @Test func oneHotTargetsComeBackAsTheyWere() throws {
    let text = "a,p,q,r\n1,1,0,0\n2,0,1,0\n3,0,0,1\n"
    let classes = try preprocessing(text, targets: ["p", "q", "r"])
    let targets = try classes.dataset(from: Table.parse(text)).targets
    let table = classes.predictions(from: targets).table(includingProbabilities: true)
    #expect(table.csv() == "p,q,r,p:p,p:q,p:r\n1,0,0,1,0,0\n0,1,0,0,1,0\n0,0,1,0,0,1\n")
  }
}
