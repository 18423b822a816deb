/** Something the tests need from the system that no package manager of JavaScript brings along. */
export interface Need {
  /** How it is called in messages. */
  readonly name: string
  /** The environment variable that names its file, read first and set for the tests. */
  readonly variable: string
  /** Names to look for in PATH. */
  readonly commands: readonly string[]
  /** Where else it usually is. */
  readonly paths: readonly string[]
  /** What it answers when it is what its name says. Ubuntu's chromium-browser only tells to install a snap. */
  readonly probe?: readonly string[]
  /** The package of Debian and Ubuntu. */
  readonly debianPackage: string
  /** A download that works on any system, where there is one: a tool of this workspace, and where it puts it. */
  readonly download?: { readonly command: readonly [string, ...string[]]; readonly path: () => string }
}

/** What there is to know about a machine, so that the search can be tried on machines that are not there. */
export interface Machine {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly isExecutable: (path: string) => boolean
  /** Whether a program does as these arguments tell it, and ends with 0. */
  readonly answers: (path: string, args: readonly string[]) => boolean
  /** Debian or something built on it. */
  readonly isDebian: boolean
  /** What to put before a command that needs root: nothing for root itself; undefined when root is out of reach. */
  readonly asRoot: () => readonly string[] | undefined
}
