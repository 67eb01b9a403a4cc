package dev.skald.logql.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the labels that a template may read. Errs towards too many: a field of something that is
 * no row counts as a label too.
 */
final class UsedLabels {
  private final Set<String> names = new HashSet<>();
  private boolean all;

  /**
   * Whether {@code .} is the row here. The bodies of with, range and called templates have another
   * one.
   */
  private boolean dotIsRow = true;

  /** Whether {@code $} is the row here. */
  private boolean rootIsRow = true;

  private UsedLabels() {}

  static LabelUse of(ParsedTemplate tree) {
    UsedLabels used = new UsedLabels();
    used.visit(tree.root());
    // A called template gets the row only where the row is handed to it, which counts as all.
    used.dotIsRow = false;
    used.rootIsRow = false;
    tree.blocks().values().forEach(used::visit);
    return used.all ? new LabelUse.All() : new LabelUse.Names(used.names);
  }

  private void visit(Node node) {
    switch (node) {
      case Node.Text _,
          Node.Break _,
          Node.Continue _,
          Node.Identifier _,
          Node.NilLiteral _,
          Node.BoolLiteral _,
          Node.NumberLiteral _,
          Node.StringLiteral _ -> {}
      case Node.Action action -> visit(action.pipe());
      case Node.If branch -> branches(branch.pipe(), branch.then(), branch.otherwise(), dotIsRow);
      case Node.With branch -> branches(branch.pipe(), branch.then(), branch.otherwise(), false);
      case Node.Range range -> branches(range.pipe(), range.body(), range.otherwise(), false);
      case Node.Invoke invoke -> {
        if (invoke.pipe() != null) {
          visit(invoke.pipe());
        }
      }
      case Node.Block block -> block.statements().forEach(this::visit);
      case Node.Pipe pipe -> pipe.commands().forEach(this::visit);
      case Node.Command command -> command.arguments().forEach(this::visit);
      case Node.Field field -> names.add(field.names().getFirst());
      case Node.Variable variable -> variable(variable.names());
      case Node.Chain chain -> {
        if (chain.base() instanceof Node.Pipe pipe && isDot(pipe)) {
          names.add(chain.names().getFirst());
        } else {
          visit(chain.base());
        }
      }
      case Node.Dot _ -> all |= dotIsRow;
    }
  }

  private void branches(
      Node.Pipe pipe, Node.Block then, Node.@Nullable Block otherwise, boolean dotIsRowInside) {
    visit(pipe);
    boolean outside = dotIsRow;
    dotIsRow = dotIsRowInside;
    visit(then);
    dotIsRow = outside;
    if (otherwise != null) {
      visit(otherwise);
    }
  }

  private void variable(List<String> path) {
    if (!path.getFirst().equals("$")) {
      return;
    }
    if (path.size() > 1) {
      names.add(path.get(1));
    } else {
      all |= rootIsRow;
    }
  }

  private boolean isDot(Node.Pipe pipe) {
    return pipe.commands().size() == 1
        && pipe.commands().getFirst().arguments().size() == 1
        && pipe.commands().getFirst().arguments().getFirst() instanceof Node.Dot;
  }
}
