package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

func manPage() page {
	return page{
		about:     "Prints the manual page in the format of man(7).\n",
		examples:  "  trail403 man | man -l -\n  trail403 man > /usr/local/share/man/man1/trail403.1\n",
		exits:     simple,
		arguments: none,
	}
}

func (list commandList) runMan(_ context.Context, env Env, args []string) (int, error) {
	if wantsHelp(args) {
		return OK, manPage().print(env.Stdout, "man")
	}
	if len(args) > 0 {
		return 0, takesNone("man")
	}
	if _, err := io.WriteString(env.Stdout, list.manual()); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}

// manual makes the manual page of the same texts as the help.
func (list commandList) manual() string {
	m := &roff{}
	own := thisBuild()
	m.title(own.day(), "trail403 "+own.Version)
	m.macro("SH", "NAME")
	m.line("trail403 - find out from CloudTrail who S3 is denying access, to which buckets, " +
		"under which policy, and since when")
	m.macro("SH", "SYNOPSIS")
	for i, c := range list {
		if i > 0 {
			m.macro("br")
		}
		m.macro("B", "trail403", c.name)
		m.line(c.page().usage)
	}
	m.macro("SH", "DESCRIPTION")
	m.line("trail403 reads CloudTrail logs, counts each event in which Amazon S3 denied access once, " +
		"and writes a report. " +
		"Results go to standard output or to files, and everything else goes to standard error.")
	for _, c := range list {
		m.command(c)
	}
	m.macro("SH", "SEE ALSO")
	m.line("The documents that come with trail403: docs/report-format.md describes the reports.")
	return m.b.String()
}

func (m *roff) command(c command) {
	p := c.page()
	m.macro("SH", "TRAIL403 "+strings.ToUpper(c.name))
	m.paragraphs(p.about)
	if p.flags != nil {
		m.macro("SS", "Flags")
		p.flags.VisitAll(m.flag)
	}
	m.macro("SS", "Examples")
	m.macro("nf")
	for line := range strings.Lines(p.examples) {
		m.line(strings.TrimSuffix(strings.TrimPrefix(line, "  "), "\n"))
	}
	m.macro("fi")
	m.macro("SS", "Exit codes")
	for _, e := range p.exits {
		m.macro("TP", "5")
		m.macro("B", fmt.Sprint(e.code))
		m.line(e.when)
	}
}

func (m *roff) flag(f *pflag.Flag) {
	kind, about := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	if f.NoOptDefVal != "" {
		kind = "" // it takes no value
	}
	m.macro("TP")
	if kind == "" {
		m.macro("B", name)
	} else {
		m.macro("BI", name, " "+kind)
	}
	if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "[]" && f.DefValue != "false" {
		about += " (default " + f.DefValue + ")"
	}
	m.line(about)
}

// roff writes a page in the language of man(7).
// https://man7.org/linux/man-pages/man7/man.7.html
type roff struct{ b strings.Builder }

// title starts the page. The date is not escaped, because then it is not a date.
func (m *roff) title(day, version string) {
	fmt.Fprintf(&m.b, ".TH TRAIL403 1 \"%s\" \"%s\" \"User Commands\"\n", day, escapeRoff(version))
}

// macro writes a line such as .SH NAME.
func (m *roff) macro(name string, args ...string) {
	m.b.WriteString("." + name)
	for _, a := range args {
		m.b.WriteString(` "` + strings.ReplaceAll(escapeRoff(a), `"`, `\(dq`) + `"`)
	}
	m.b.WriteByte('\n')
}

// line writes a line of text. A dot at its start must not make it a macro. A quote
// would do so too, and is always escaped.
func (m *roff) line(s string) {
	if s == "" {
		return
	}
	s = escapeRoff(s)
	if s[0] == '.' {
		s = `\&` + s
	}
	m.b.WriteString(s + "\n")
}

func (m *roff) paragraphs(text string) {
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			m.macro("PP")
		}
		for line := range strings.Lines(p) {
			m.line(strings.TrimSpace(line))
		}
	}
}

// escapeRoff escapes what roff would take for its own. Dashes, quotes, carets and
// tildes stay ASCII, so that commands can be copied.
func escapeRoff(s string) string {
	return strings.NewReplacer(
		`\`, `\e`, `-`, `\-`, `'`, `\(aq`, "`", `\(ga`, `^`, `\(ha`, `~`, `\(ti`,
		`…`, `\&...`, `–`, `\(en`,
	).Replace(s)
}
