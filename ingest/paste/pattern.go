package paste

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled when it is used first: most
// runs of the program read no pasted text, and need not wait for it.
type pattern struct {
	compiled func() *regexp.Regexp
}

func lazy(expression string) pattern {
	return pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

func (p pattern) matches(s string) bool          { return p.compiled().MatchString(s) }
func (p pattern) find(s string) string           { return p.compiled().FindString(s) }
func (p pattern) groups(s string) []string       { return p.compiled().FindStringSubmatch(s) }
func (p pattern) places(s string) []int          { return p.compiled().FindStringSubmatchIndex(s) }
func (p pattern) all(s string, n int) [][]string { return p.compiled().FindAllStringSubmatch(s, n) }
func (p pattern) removed(s string) string        { return p.compiled().ReplaceAllString(s, "") }
