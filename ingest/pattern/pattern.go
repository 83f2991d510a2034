// Package pattern has regular expressions that are compiled when they are used first.
// The program has dozens of them, and a run uses few: a command that answers at once
// must not wait for the others.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression. Its methods are those of regexp.Regexp.
type Pattern struct {
	expression string
	once       sync.Once
	compiled   *regexp.Regexp
}

// New returns a pattern. The first use panics if the expression is not valid. (The
// compiler turns the call into data, so that a variable costs nothing at the start.)
func New(expression string) *Pattern { return &Pattern{expression: expression} }

// String returns the expression.
func (p *Pattern) String() string { return p.expression }

func (p *Pattern) get() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.expression) })
	return p.compiled
}

// MatchString says whether s contains a match.
func (p *Pattern) MatchString(s string) bool { return p.get().MatchString(s) }

// Match says whether b contains a match.
func (p *Pattern) Match(b []byte) bool { return p.get().Match(b) }

// FindString returns the first match.
func (p *Pattern) FindString(s string) string { return p.get().FindString(s) }

// FindStringSubmatch returns the first match and what its groups match.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.get().FindStringSubmatch(s) }

// FindStringSubmatchIndex returns where the first match and its groups are.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.get().FindStringSubmatchIndex(s)
}

// FindAllStringSubmatch returns up to n matches with their groups.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.get().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns where up to n matches and their groups are.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.get().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString returns s with each match replaced.
func (p *Pattern) ReplaceAllString(s, by string) string { return p.get().ReplaceAllString(s, by) }

// FindStringIndex returns where the first match is.
func (p *Pattern) FindStringIndex(s string) []int { return p.get().FindStringIndex(s) }
