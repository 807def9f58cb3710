import CambiumCore
import Foundation

/// The path of this program, to start it again.
func thisProgram() throws -> String {
  guard let program = Bundle.main.executablePath else {
    throw InputError(
      .missing, found: "no path of this program", expected: "a program that can be started again")
  }
  return program
}
