package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"trail403/ingest/engine/query"
	"trail403/ingest/source"
)

// ddlFlags are the flags of `trail403 engine ddl`.
type ddlFlags struct {
	engine, table     string
	accounts, regions []string
}

func (o *ddlFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("engine", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.engine, "engine", athenaEngine, "print DDL for `ENGINE`: "+orList(engineNames()))
	fs.StringVar(&o.table, "engine-table", "default.trail", "make `TABLE`: SCHEMA.TABLE or CATALOG.SCHEMA.TABLE")
	fs.StringArrayVar(&o.accounts, "account", nil,
		"with --engine trino, give the table partitions for `ACCOUNT`; they need --aws-region, too")
	fs.StringArrayVar(&o.regions, "aws-region", nil, "with --engine trino, give the table partitions for `REGION`")
	return fs
}

func enginePage() page {
	return page{
		usage: "ddl [flags] SOURCE",
		about: `Prints the DDL of a table that --engine can query. SOURCE is
the folder AWSLogs of the trail in S3, or the folder of an organization in it.
Nothing is changed: run what it prints in the engine.

For Athena, it is the table for CloudTrail that AWS documents, with a partition for
each account, Region and day that nobody has to add. For Trino, it is a table of
complete files, over any place that its Hive connector reads. It has partitions for
the accounts and Regions that you list. Objects of others are not in it, and are
read by trail403.
`,
		flags: new(ddlFlags).set(),
		examples: `  trail403 engine ddl --engine-table audit.trail s3://my-trail-bucket/AWSLogs/o-abcdefghij/
  trail403 engine ddl --engine trino --engine-table hive.audit.trail s3://my-trail-bucket/AWSLogs/
  trail403 engine ddl --engine trino --engine-table hive.audit.trail --account 111122223333,444455556666 \
    --aws-region us-east-1,eu-west-1 s3://my-trail-bucket/AWSLogs/
`,
		exits:     simple,
		arguments: func() []choice { return []choice{{"ddl", "print the DDL of a table"}} },
	}
}

// ddlStart is the first day of the partitions: CloudTrail began in November 2013.
const ddlStart = "2013/11/01"

func runEngine(_ context.Context, env Env, args []string) (int, error) {
	var o ddlFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "engine", enginePage); helped || err != nil {
		return OK, err
	}
	args = fs.Args()
	if len(args) == 0 || args[0] != "ddl" {
		return 0, usagef("engine needs to know what to do").hint("write trail403 engine ddl SOURCE")
	}
	if len(args) != 2 {
		return 0, usagef("engine ddl takes exactly one SOURCE").
			hint("name the folder AWSLogs of the trail: s3://my-trail-bucket/AWSLogs/")
	}
	ddl, err := o.ddl(args[1])
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(env.Stdout, ddl); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}

// checkPartitions checks the accounts and Regions of a table for Trino.
func (o *ddlFlags) checkPartitions() error {
	o.accounts, o.regions = splitLists(o.accounts), splitLists(o.regions)
	for _, id := range o.accounts {
		if !accountID.MatchString(id) {
			return usagef("--account %q is not the id of an account", id).hint("an account has 12 digits")
		}
	}
	for _, r := range o.regions {
		if !awsRegion.MatchString(r) {
			return usagef("--aws-region %q is not the name of a Region", r).hint("write a name such as us-east-1")
		}
	}
	switch hasAccounts, hasRegions := len(o.accounts) > 0, len(o.regions) > 0; {
	case (hasAccounts || hasRegions) && o.engine != trinoEngine:
		return usagef("--account and --aws-region are for --engine trino").
			hint("a table for Athena has all accounts and Regions without them")
	case hasAccounts != hasRegions:
		return usagef("--account and --aws-region need each other")
	}
	return nil
}

func (o *ddlFlags) ddl(place string) (ddl string, err error) {
	if o.engine, err = oneOf("engine", o.engine, engineNames(), "engines"); err != nil {
		return "", err
	}
	table, err := query.ParseTable(o.table)
	if err != nil {
		return "", usagef("--engine-table %s: %w", o.table, err)
	}
	if err := o.checkPartitions(); err != nil {
		return "", err
	}
	if strings.HasPrefix(place, "s3://") {
		l, err := source.ParseLocation(place)
		if err != nil {
			return "", usagef("SOURCE %s: %w", place, err)
		}
		place = l.URL()
	}
	if o.engine == trinoEngine {
		ddl, err = query.TrinoDDL(table, place, query.Projection{
			Accounts: o.accounts, Regions: o.regions, FirstDay: ddlStart,
		})
	} else {
		ddl, err = query.AthenaDDL(table, place, ddlStart)
	}
	if err != nil {
		return "", usagef("SOURCE %s: %w", place, err)
	}
	return ddl, nil
}
