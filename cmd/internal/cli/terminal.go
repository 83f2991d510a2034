package cli

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// plainWidth is how wide text is where nothing tells: what every terminal has.
const plainWidth = 80

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth returns how many columns a terminal has, 0 if it is none or does
// not say.
func terminalWidth(stream any) int {
	f, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// width returns how wide text for a stream is: as wide as the terminal, or as
// COLUMNS says.
func (env Env) width(stream any) int {
	if n := env.TerminalWidth(stream); n > 0 {
		return n
	}
	if n, err := strconv.Atoi(env.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return plainWidth
}

// The values of --color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

// color says whether text for a stream has colour. By default it has on a
// terminal, unless that or its user wants none.
// https://no-color.org
func (env Env) color(when string, stream any) bool {
	if when == colorAuto {
		return env.IsTerminal(stream) && env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb"
	}
	return when == colorAlways
}
