import ArgumentParser
import CambiumCore
import CambiumExport

/// `cambium convert`
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Turn a table into a tile file, or back.",
    discussion: """
      A tile file (.cbm) holds the same cells in binary, as narrow as they lose nothing, and is read piece by piece, so \
      that data may be larger than the memory. All commands that read a table read tile files too. The memory that \
      converting to it takes does not grow with the rows.
      """)

  @Argument(
    help: "The data: a CSV file with a header, a NumPy array (.npy) of numbers, or a tile file.",
    completion: .file(extensions: ["csv", "npy", "cbm"]))
  var data: String

  @Argument(help: "Where to write: DATA.cbm, or DATA.csv from a tile file or an array.")
  var destination: String

  @Option(
    name: .customLong("ignore"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A column to leave out; may be repeated.", valueName: "name"))
  var ignored: [String] = []

  @Option(
    help: ArgumentHelp("The columns' names, of an array. Default: x1, x2, …, and y.", valueName: "a,b,…"))
  var names: String?

  @Flag(help: "Say nothing.")
  var quiet = false

  func run() throws {
    try FileWriting.check(destination, reading: [data])
    let reading = ColumnReading(ignored: Set(ignored))
    let size: (rows: Int, columns: Int)
    if data.hasSuffix(".npy") {
      let names = names?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      size = try Table.convert(array: data, names: names, to: destination, as: reading)
    } else if names != nil {
      throw InputError(
        .usage, found: "--names with \(data)", expected: "a NumPy array, whose columns have none")
    } else if destination.hasSuffix(".csv") {
      let table = try Table.read(data, as: reading)
      try FileWriting.write(Array(table.csv().utf8), to: destination)
      size = (table.rowCount, table.columns.count)
    } else {
      size = try Table.convert(data, to: destination, as: reading)
    }
    Console(isQuiet: quiet).note("\(size.rows) rows of \(size.columns) columns in \(destination).")
  }
}
