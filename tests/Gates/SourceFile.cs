using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>One source file as the gates see it. Tests plant faults by making one in memory.</summary>
/// <param name="Path">From the repository's root, with slashes: <c>src/Workflows/Kernel/Joins.cs</c>.</param>
/// <param name="Text">The whole text.</param>
public sealed record SourceFile(string Path, string Text)
{
    private static readonly CSharpParseOptions Newest = new(LanguageVersion.Latest, DocumentationMode.None);
    private static readonly HashSet<string> NotOurs = ["bin", "obj", "node_modules", "artifacts", "wwwroot", "TestResults"];
    private readonly Lazy<SyntaxTree> tree = new(() => CSharpSyntaxTree.ParseText(Text, Newest, Path));

    public SyntaxTree Tree => tree.Value;

    public CompilationUnitSyntax Root => Tree.GetCompilationUnitRoot();

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Every declaration of a type: classes, records, structs, interfaces, enums, delegates.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types =>
        Root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public bool Under(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Where a node stands, as an editor opens it.</summary>
    public string At(SyntaxNodeOrToken place) => $"{Path}:{place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1}";

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => throw new ArgumentException($"{type.Kind()} declares no type.", nameof(type))
    };

    /// <summary>The C# files of a top-level folder; what builds and packages leave there is passed over.</summary>
    public static IReadOnlyList<SourceFile> In(string folder, string extension = ".cs") =>
        [.. Walk(new DirectoryInfo(Repository.At(folder)))
            .Where(file => file.Extension == extension)
            .Select(file => new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => !folder.Exists ? []
        : folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Walk));
}
