using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>Folders use only what the table <see cref="FolderRules"/> gives them.</summary>
/// <remarks>
/// Names are bound by the compiler, so an implicit using, a full name or an extension method is seen like a written using.
/// A name that does not bind (made by a source generator) is covered by the file's usings alone.
/// </remarks>
public static class FolderPurity
{
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string WebUsings =
        """
        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Relief.Flow", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    public static IReadOnlyList<string> Breaches(IReadOnlyCollection<SourceFile> files)
    {
        var libraries = Compile("Libraries", files.Where(file => !file.Under("src/Host")), ImplicitUsings, []);
        var host = Compile("Host", files.Where(file => file.Under("src/Host")), ImplicitUsings + WebUsings, [libraries.ToMetadataReference()]);
        return
        [
            .. from file in files
               where FolderRules.For(file) is not null
               let compilation = file.Under("src/Host") ? host : libraries
               from breach in InFile(file, FolderRules.For(file)!, compilation.GetSemanticModel(file.Tree)).Distinct()
               select breach
        ];
    }

    private static CSharpCompilation Compile(string name, IEnumerable<SourceFile> files, string usings, MetadataReference[] others) =>
        CSharpCompilation.Create(
            // Named like ours, so that what is internal to the product stays visible between the two.
            $"Relief.Flow.{name}",
            [.. files.Select(file => file.Tree), CSharpSyntaxTree.ParseText($"{usings}[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Relief.Flow.Host\")]")],
            [.. Platform.Value, .. others],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static IEnumerable<string> InFile(SourceFile file, FolderRules.Rule rule, SemanticModel model)
    {
        var own = "Relief.Flow" + rule.Folder["src".Length..].Replace('/', '.') + ".*";
        foreach (var node in file.Root.DescendantNodes())
        {
            var use = node switch
            {
                UsingDirectiveSyntax { Alias: null, StaticKeyword.RawKind: 0, Name: { } name } => new Use(name.ToString(), name.ToString()),
                SimpleNameSyntax name when MayBeOthers(name.Identifier.Text) => Used(model.GetSymbolInfo(name)),
                AwaitExpressionSyntax => new Use("System.Threading.Tasks", "await"),
                _ => null
            };
            if (use is not null && !use.May(rule, own))
                yield return $"{file.Path} uses {use.Name}";
        }
    }

    // Types, extensions and static members begin with a capital: binding the locals, parameters and fields too would take as long again.
    private static bool MayBeOthers(string name) => name is "var" or "dynamic" || !(char.IsLower(name[0]) || name[0] == '_');

    private static Use? Used(SymbolInfo info) => (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
    {
        INamedTypeSymbol type => Of(type, FullName(type)),
        IMethodSymbol { IsExtensionMethod: true } method => Of(method.ContainingType, $"{FullName(method.ContainingType)}.{method.Name}"),
        { IsStatic: true, ContainingType: { } type } member and (IMethodSymbol or IPropertySymbol or IFieldSymbol) => Of(type, $"{FullName(type)}.{member.Name}"),
        _ => null
    };

    // What stands in no namespace is the file's own.
    private static Use? Of(INamedTypeSymbol type, string name) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } place ? new Use(place.ToDisplayString(), name) : null;

    private static string FullName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"{FullName(outer)}.{type.Name}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } place ? $"{place.ToDisplayString()}.{type.Name}"
        : type.Name;

    /// <summary>What a name in the source means: the full name of the type, or of the static member, and the namespace it comes from.</summary>
    private sealed record Use(string Namespace, string Name)
    {
        public bool May(FolderRules.Rule rule, string own)
        {
            if (rule.Banned.Any(IsIn))
                return false;

            var isFree = !rule.IsPure && !Namespace.StartsWith("Relief.Flow", StringComparison.Ordinal);
            return isFree || IsIn(own) || rule.Allowed.Any(IsIn);
        }

        // A pattern is a namespace, a namespace and all below it (.*), or a type or member by its full name.
        private bool IsIn(string pattern) =>
            pattern.EndsWith(".*", StringComparison.Ordinal)
                ? $"{Namespace}.".StartsWith(pattern[..^1], StringComparison.Ordinal)
                : Namespace == pattern || pattern.Length > Namespace.Length && $"{Name}.".StartsWith($"{pattern}.", StringComparison.Ordinal);
    }
}
