// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ShareTree} from "./ShareTree.sol";

/// @title A pot of royalties that its payees empty share by share
/// @notice Ether is the token with address zero. Money is pulled, so one payee can never hold up another.
interface IRoyaltySplitter {
    /// @notice One payee's part, with the proof that it stands in the committed tree.
    struct Share {
        uint32 index;
        address payee;
        uint64 units;
        ShareTree.Sibling[] path;
    }

    /// @notice Ether arrived.
    event EtherReceived(address indexed from, uint256 amount);
    /// @notice A share was paid out.
    event ShareWithdrawn(
        uint32 indexed index,
        address indexed token,
        address indexed recipient,
        uint256 amount
    );
    /// @notice A share goes to another recipient from now on.
    event ShareRepointed(uint32 indexed index, address indexed from, address indexed to);

    /// @notice The share does not stand in the committed tree.
    error ShareUnknown(uint32 index, address payee, uint64 units);
    /// @notice Only the recipient of a share may re-point it.
    error NotRecipient(address sender, address recipient);
    /// @notice A share goes to an address other than zero.
    error RecipientZero();
    /// @notice The recipient refused the Ether.
    error EtherRefused(address recipient, uint256 amount);
    /// @notice The implementation holds no shares, call a splitter.
    error NotASplitter();

    /// @notice Pays what is due to a share to its recipient; anyone may send this.
    /// @param token ERC-20 token, or zero for Ether
    /// @param share the share and its proof
    /// @return amount paid, 0 when nothing is due
    function withdraw(address token, Share calldata share) external returns (uint256 amount);

    /// @notice Sends a share to another recipient from now on; for its present recipient only.
    /// @param share the share and its proof
    /// @param to the next recipient
    function repoint(Share calldata share, address to) external;

    /// @notice What a share could withdraw now.
    /// @param token ERC-20 token, or zero for Ether
    /// @param index place of the share
    /// @param units its units
    /// @return amount due, rounded down
    function dueOf(address token, uint32 index, uint64 units) external view returns (uint256 amount);

    /// @notice Who receives a share.
    /// @param index place of the share
    /// @param payee the payee in the committed tree
    /// @return recipient the payee, or to whom it was re-pointed
    function recipientOf(uint32 index, address payee) external view returns (address recipient);

    /// @notice What this splitter is committed to.
    /// @return root root of the sum tree of shares
    /// @return totalUnits units of all shares
    /// @return count number of shares
    function terms() external view returns (bytes32 root, uint64 totalUnits, uint32 count);
}
