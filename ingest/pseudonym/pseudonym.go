// Package pseudonym replaces the names in a CloudTrail file, so that it can be shown to
// others: accounts, names, addresses, ids and keys. What a program needs to read the
// denials in it stays.
//
//  1. json.go walks over the text, and rewrites its strings one by one. It needs no valid
//     JSON: what fails to parse is just what people want to show.
//  2. rules.go decides by the name of a field how much of its value stays. A value of which
//     nothing is known is a name.
//  3. message.go keeps the words of error messages and the tools in user agents.
//  4. scan.go finds the parts of a value that have a form: ARNs, ids, addresses, hosts.
//     shapes.go keeps the form and hands on the names.
//  5. word.go replaces a word.
//
// The same word becomes the same word everywhere, in any case of its letters, with as many
// letters and digits in the same places. Words that begin alike do so afterward, so that
// patterns such as corp-* match as before. The replacement depends on a key: without it,
// nobody can compute a name, but who knows one name also knows how others begin.
package pseudonym

// Names replaces names. It is for one goroutine.
type Names struct {
	key   []byte
	words map[string]string // what was replaced before
}

// New returns Names that depend on a secret key.
func New(key []byte) *Names {
	return &Names{key: key, words: map[string]string{}}
}

// maxWords bounds the memory for words that were replaced before.
const maxWords = 200_000

// remember returns the replacement of a word of a kind, which is computed once.
func (n *Names) remember(kind, word string, replace func() string) string {
	id := kind + "\x00" + word
	if got, ok := n.words[id]; ok {
		return got
	}
	if len(n.words) >= maxWords {
		clear(n.words)
	}
	got := replace()
	n.words[id] = got
	return got
}
