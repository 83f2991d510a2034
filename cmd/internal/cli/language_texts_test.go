package cli

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// corpus is a text of the project, in passages.
type corpus struct {
	name     string
	passages []passage
}

type passage struct{ where, text string }

const projectRoot = "../../.."

// corpora returns all texts: pages, expected outputs, help and the manual, and
// the comments and strings of each folder with Go files.
func corpora(t *testing.T) (all []corpus) {
	t.Helper()
	for _, name := range filesLike(t, "*.md", "docs/*.md", "docs/*/*.md") {
		page := readText(t, name)
		all = append(all, corpus{name, []passage{{name, proseOf(page)}}})
		if blocks := consoleBlock.FindAllStringSubmatch(page, -1); len(blocks) > 0 {
			console := corpus{name: name + " console"}
			for _, b := range blocks {
				console.passages = append(console.passages, passage{name, withoutCode(b[1])})
			}
			all = append(all, console)
		}
	}
	for _, name := range filesLike(t, "report/testdata/*.golden", "cmd/internal/cli/testdata/script/*.txtar") {
		text := readText(t, name)
		if strings.HasSuffix(name, ".md.golden") {
			text = proseOf(text)
		}
		folder := filepath.Dir(name)
		if n := len(all); n == 0 || all[n-1].name != folder {
			all = append(all, corpus{name: folder})
		}
		last := &all[len(all)-1]
		last.passages = append(last.passages, passage{name, withoutCode(text)})
	}
	all = append(all, corpus{"help", helpTexts(t)}, corpus{"manual", []passage{{"trail403.1", commands().manual()}}})
	return append(all, sourceTexts(t)...)
}

// helpTexts returns what help says, in general and on each command.
func helpTexts(t *testing.T) (list []passage) {
	t.Helper()
	calls := [][]string{{"help"}}
	for _, c := range commands() {
		calls = append(calls, []string{"help", c.name})
	}
	for _, args := range calls {
		var out, errs bytes.Buffer
		env := Env{
			Args: args, Stdout: &out, Stderr: &errs,
			Getenv:        func(string) string { return "" },
			IsTerminal:    func(any) bool { return false },
			TerminalWidth: func(any) int { return 0 },
		}
		if code := Run(t.Context(), env); code != OK {
			t.Fatalf("%q: exit code %d: %s", args, code, errs.String())
		}
		list = append(list, passage{"trail403 " + strings.Join(args, " "), withoutCode(out.String())})
	}
	return list
}

// sourceTexts returns the comments and the strings of each folder that has Go
// files, without those of tests.
func sourceTexts(t *testing.T) (all []corpus) {
	t.Helper()
	comments, literals := map[string]*corpus{}, map[string]*corpus{}
	add := func(to map[string]*corpus, kind, folder string, p passage) {
		if to[folder] == nil {
			to[folder] = &corpus{name: kind + " of " + folder}
		}
		to[folder].passages = append(to[folder].passages, p)
	}
	err := filepath.WalkDir(projectRoot, func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(name, ".") && path != projectRoot:
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(projectRoot, filepath.Dir(path))
		if err != nil {
			return err
		}
		where := func(pos token.Pos) string {
			return filepath.Join(folder, name) + ":" + strconv.Itoa(fset.Position(pos).Line)
		}
		for _, group := range file.Comments {
			add(comments, "comments", folder, passage{where(group.Pos()), withoutCode(group.Text())})
		}
		for _, l := range literalsOf(file) {
			if text, err := strconv.Unquote(l.Value); err == nil {
				add(literals, "strings", folder, passage{where(l.Pos()), withoutCode(text)})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, byFolder := range []map[string]*corpus{comments, literals} {
		for _, folder := range sortedNames(byFolder) {
			all = append(all, *byFolder[folder])
		}
	}
	return all
}

// literalsOf returns the strings of a file that may be texts: not the paths of
// imports, nor the tags of fields, which hold names.
func literalsOf(file *ast.File) (list []*ast.BasicLit) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if n.Tag != nil {
				n.Tag = nil
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				list = append(list, n)
			}
		}
		return true
	})
	return list
}

var (
	fencedBlock = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	codeSpan    = regexp.MustCompile("(?s)``.+?``|`[^`]*`")
	linkTarget  = regexp.MustCompile(`\]\([^)]*\)|<[^>\n]*>`)
)

// proseOf returns the text of a Markdown page without code and link targets.
func proseOf(page string) string {
	return linkTarget.ReplaceAllString(withoutCode(fencedBlock.ReplaceAllString(page, "")), "]")
}

// withoutCode puts a mark in the place of each code span, so that the words
// around one do not come together.
func withoutCode(text string) string { return codeSpan.ReplaceAllString(text, "…") }

func filesLike(t *testing.T, patterns ...string) (names []string) {
	t.Helper()
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(projectRoot, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		for _, path := range found {
			name, err := filepath.Rel(projectRoot, path)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	return names
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(projectRoot, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sortedNames[T any](of map[string]T) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
