package cli

import (
	"net/url"
	"strings"

	"github.com/spf13/pflag"

	"trail403/ingest"
	"trail403/ingest/engine/query"
	"trail403/ingest/source"
)

// engineFlags are the flags of commands that let a query engine scan.
type engineFlags struct {
	engine, engineTable         string
	engineURL, engineUser       string
	engineLocation              string
	engineWorkgroup, engineSave string
	engineUnload                bool
	engineQueries               int
}

// The query engines.
const (
	athenaEngine = "athena"
	trinoEngine  = "trino"
)

func engineNames() []string { return []string{athenaEngine, trinoEngine} }

func (o *engineFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&o.engine, "engine", "",
		"let `ENGINE` scan the objects of SOURCE, and read here only those that it does not answer for: "+
			orList(engineNames()))
	fs.StringVar(&o.engineTable, "engine-table", "",
		"with --engine, query `TABLE`, which holds the objects of SOURCE: SCHEMA.TABLE or CATALOG.SCHEMA.TABLE")
	fs.StringVar(&o.engineURL, "engine-url", "",
		"with --engine trino, connect to the coordinator at `URL`: https://trino.example.com")
	fs.StringVar(&o.engineUser, "engine-user", "trail403",
		"with --engine trino, connect as `NAME`; TRAIL403_ENGINE_PASSWORD or TRAIL403_ENGINE_TOKEN proves it")
	fs.StringVar(&o.engineLocation, "engine-location", "",
		"with --engine trino and a local SOURCE, `URL` is where the engine has the files of this folder: local:///trail")
	fs.StringVar(&o.engineWorkgroup, "engine-workgroup", "",
		"with --engine athena, run queries in the workgroup `NAME` (default: primary)")
	fs.StringVar(&o.engineSave, "engine-output", "",
		"with --engine athena, save results under `URL`, unless the workgroup says where: s3://my-results/trail403/")
	fs.BoolVar(&o.engineUnload, "engine-unload", false,
		"with --engine athena, write answers under --engine-output with UNLOAD, in place of fetching them in pages")
	fs.IntVar(&o.engineQueries, "engine-queries", ingest.DefaultQueries, "with --engine, run up to `N` queries at a time")
}

// enginePlan says which engine scans what.
type enginePlan struct {
	name              string // empty: none
	table             query.Table
	url, user         string
	folder, location  string
	workgroup, output string
	unload            bool
	queries           int
}

// plan reads the flags. The plan of a run without an engine is empty.
func (o *engineFlags) plan(sources []string, changed func(string) bool) (e enginePlan, err error) {
	if o.engine == "" {
		for _, name := range []string{
			"engine-table", "engine-url", "engine-user", "engine-location", "engine-workgroup", "engine-output",
			"engine-unload", "engine-queries",
		} {
			if changed(name) {
				return e, usagef("--%s has no effect without --engine", name).hint("add --engine %s", orList(engineNames()))
			}
		}
		return e, nil
	}
	if e.name, err = oneOf("engine", o.engine, engineNames(), "engines"); err != nil {
		return e, err
	}
	if o.engineTable == "" {
		return e, usagef("--engine needs the name of a table").
			hint("add --engine-table SCHEMA.TABLE; `trail403 engine ddl` prints how to make one")
	}
	if e.table, err = query.ParseTable(o.engineTable); err != nil {
		return e, usagef("--engine-table %s: %w", o.engineTable, err)
	}
	if o.engineQueries < 1 || o.engineQueries > 100 {
		return e, usagef("--engine-queries %d is out of range", o.engineQueries).hint("write a number from 1 to 100")
	}
	e.queries = o.engineQueries
	if e.name == athenaEngine {
		return e, o.planAthena(&e, sources, changed)
	}
	return e, o.planTrino(&e, sources, changed)
}

// onlyFor rejects flags of another engine.
func onlyFor(engine string, changed func(string) bool, names ...string) error {
	for _, name := range names {
		if changed(name) {
			return usagef("--%s is for --engine %s", name, engine)
		}
	}
	return nil
}

func (o *engineFlags) planTrino(e *enginePlan, sources []string, changed func(string) bool) error {
	if err := onlyFor(athenaEngine, changed, "engine-workgroup", "engine-output", "engine-unload"); err != nil {
		return err
	}
	u, err := url.Parse(o.engineURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return usagef("--engine trino needs the URL of a coordinator").
			hint("write it as in --engine-url https://trino.example.com:8443")
	}
	if u.User != nil {
		return usagef("--engine-url has a user name or password in it").
			hint("use --engine-user, and the variable TRAIL403_ENGINE_PASSWORD")
	}
	e.url, e.user = o.engineURL, o.engineUser
	local := localSources(sources)
	switch {
	case o.engineLocation == "" && len(local) > 0 && len(local) == len(sources):
		return usagef("the engine does not know the files in %s", local[0]).
			hint("name the same files in S3 as SOURCE, or say with --engine-location where the engine has them")
	case o.engineLocation == "":
		return nil
	case len(local) != 1 || len(sources) != 1:
		return usagef("--engine-location needs exactly one SOURCE, which is a local folder")
	}
	e.folder, e.location = local[0], o.engineLocation
	return nil
}

func (o *engineFlags) planAthena(e *enginePlan, sources []string, changed func(string) bool) error {
	if err := onlyFor(trinoEngine, changed, "engine-url", "engine-user", "engine-location"); err != nil {
		return err
	}
	if o.engineSave != "" {
		if _, err := source.ParseLocation(o.engineSave); err != nil || !strings.HasPrefix(o.engineSave, "s3://") {
			return usagef("--engine-output is not a place in S3").hint("write it as in s3://my-results/trail403/")
		}
	}
	if o.engineUnload && o.engineSave == "" {
		return usagef("--engine-unload needs a place for answers").
			hint("name an empty one, as in --engine-output s3://my-results/trail403/")
	}
	if local := localSources(sources); len(local) > 0 {
		return usagef("Athena does not know the local files in %s", local[0]).hint("name the same files in S3 as SOURCE")
	}
	e.workgroup, e.output, e.unload = o.engineWorkgroup, o.engineSave, o.engineUnload
	return nil
}

// localSources returns the sources that are local files or folders.
func localSources(sources []string) (local []string) {
	for _, name := range sources {
		if name != "-" && !source.IsLocation(name) {
			local = append(local, name)
		}
	}
	return local
}
