// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Where splitters are opened
/// @notice The address of a splitter follows from its terms alone, so it can be committed as an edition's payout before
/// it is opened, and whoever opens it can choose nothing.
interface IRoyaltySplitters {
    /// @notice A splitter was opened.
    event SplitterOpened(address indexed splitter, bytes32 root, uint64 totalUnits, uint32 count);

    /// @notice A splitter has at least one share and one unit.
    error TermsInvalid(uint64 totalUnits, uint32 count);

    /// @notice Opens the splitter with these terms, or returns it when it is open.
    /// @param root root of the sum tree of shares
    /// @param totalUnits units of all shares
    /// @param count number of shares
    /// @return splitter its address
    function open(bytes32 root, uint64 totalUnits, uint32 count) external returns (address splitter);

    /// @notice The address of the splitter with these terms, open or not.
    /// @param root root of the sum tree of shares
    /// @param totalUnits units of all shares
    /// @param count number of shares
    /// @return splitter its address
    function addressOf(
        bytes32 root,
        uint64 totalUnits,
        uint32 count
    ) external view returns (address splitter);
}
