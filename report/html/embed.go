package html

import (
	_ "embed"
	"html/template"
	"sync"
)

//go:embed page.css
var style string

//go:embed page.js
var script string

//go:embed page.gohtml
var pages string

// parts are the pieces of the page that are not made of blocks.
var parts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Parse(pages))
})
