package cli

import (
	"context"
	"errors"

	"github.com/spf13/pflag"
)

// command is one of trail403's commands. run returns the exit code of a command
// that did its work. An error stands for Failed, or for Usage if it is a usageError.
type command struct {
	name, summary string
	run           func(ctx context.Context, env Env, args []string) (int, error)
	page          func() page
}

// commandList are all commands, in the order in which help lists them.
type commandList []command

// find returns a command by its name, nil if there is no such command.
func (list commandList) find(name string) *command {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	return nil
}

// choices returns the names of the commands, with what each does.
func (list commandList) choices() (all []choice) {
	for _, c := range list {
		all = append(all, choice{c.name, c.summary})
	}
	return all
}

// unknown says that there is no such command.
func (list commandList) unknown(name string) usageError {
	names := values(list.choices())
	return usagef("unknown command %q", name).
		didYouMean(name, names).
		hint("the commands are %s; `trail403 help` describes them", andList(names))
}

// parseFlags parses the arguments of a command. If they ask for help, it prints the page
// of the command, and nothing else is to be done.
func parseFlags(env Env, fs *pflag.FlagSet, args []string, name string, describe func() page) (helped bool, err error) {
	err = fs.Parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		return true, describe().print(env.Stdout, name)
	}
	if err != nil {
		return false, wrongFlags(fs, err)
	}
	return false, nil
}
