/// How the task is chosen for a table's targets.
public enum TaskChoice: String, Codable, CaseIterable, Sendable {
  /// By the targets. One target: classification where it is text, or whole numbers of which there are at most two
  /// different ones, or at most 20 and on average five rows or more of each; else regression. Several targets:
  /// classification where all are 0 or 1 with exactly one 1 in each row (one-hot classes); else regression.
  case auto
  /// Numbers.
  case regression
  /// Classes.
  case classification

  /// The most different whole numbers that ``auto`` takes for classes.
  public static let largestAutomaticClassCount = 20
  /// The least number of rows for each different whole number that ``auto`` asks for, beyond two numbers.
  public static let fewestRowsPerAutomaticClass = 5
}
