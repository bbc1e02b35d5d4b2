// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRoyaltySplitter} from "./IRoyaltySplitter.sol";
import {ShareTree} from "./ShareTree.sol";

/// @title A pot of royalties that its payees empty share by share
/// @notice A share is due the rounded down part of everything that ever came in, so dust waits for the next payment
/// and nobody takes another's.
/// @dev Used through clones that carry their terms in their code: there is no initializer to front-run.
contract RoyaltySplitter is IRoyaltySplitter, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    address private immutable _implementation = address(this);

    mapping(address token => uint256) private _withdrawn;
    mapping(address token => mapping(uint32 index => uint256)) private _withdrawnBy;
    mapping(uint32 index => address) private _recipients;

    /// @notice Takes Ether; its shares are due at once.
    receive() external payable {
        emit EtherReceived(msg.sender, msg.value);
    }

    /// @inheritdoc IRoyaltySplitter
    function withdraw(address token, Share calldata share) external nonReentrant returns (uint256 amount) {
        _requireKnown(share);
        amount = dueOf(token, share.index, share.units);
        if (amount == 0) return 0;
        address recipient = recipientOf(share.index, share.payee);
        _withdrawn[token] += amount;
        _withdrawnBy[token][share.index] += amount;
        emit ShareWithdrawn(share.index, token, recipient, amount);
        if (token == address(0)) _sendEther(recipient, amount);
        else IERC20(token).safeTransfer(recipient, amount);
    }

    /// @inheritdoc IRoyaltySplitter
    function repoint(Share calldata share, address to) external {
        _requireKnown(share);
        address recipient = recipientOf(share.index, share.payee);
        if (msg.sender != recipient) revert NotRecipient(msg.sender, recipient);
        if (to == address(0)) revert RecipientZero();
        _recipients[share.index] = to;
        emit ShareRepointed(share.index, recipient, to);
    }

    /// @inheritdoc IRoyaltySplitter
    function dueOf(address token, uint32 index, uint64 units) public view returns (uint256) {
        (, uint64 totalUnits, ) = terms();
        uint256 balance =
            token == address(0) ? address(this).balance : IERC20(token).balanceOf(address(this));
        uint256 everReceived = balance + _withdrawn[token];
        // A token whose balances shrink by themselves makes this negative for a while: then nothing is due.
        return Math.saturatingSub(Math.mulDiv(everReceived, units, totalUnits), _withdrawnBy[token][index]);
    }

    /// @inheritdoc IRoyaltySplitter
    function recipientOf(uint32 index, address payee) public view returns (address) {
        address recipient = _recipients[index];
        return recipient == address(0) ? payee : recipient;
    }

    /// @inheritdoc IRoyaltySplitter
    function terms() public view returns (bytes32 root, uint64 totalUnits, uint32 count) {
        if (address(this) == _implementation) revert NotASplitter();
        bytes memory packed = Clones.fetchCloneArgs(address(this));
        assembly ("memory-safe") {
            root := mload(add(packed, 0x20))
            totalUnits := shr(192, mload(add(packed, 0x40)))
            count := shr(224, mload(add(packed, 0x48)))
        }
    }

    function _requireKnown(Share calldata share) private view {
        (bytes32 root, uint64 totalUnits, uint32 count) = terms();
        if (!ShareTree.includes(root, totalUnits, count, share.index, share.payee, share.units, share.path))
            revert ShareUnknown(share.index, share.payee, share.units);
    }

    function _sendEther(address recipient, uint256 amount) private {
        // The recipient pays for its own code; state is settled and the guard is up.
        // solhint-disable-next-line avoid-low-level-calls
        (bool taken, ) = recipient.call{value: amount}("");
        if (!taken) revert EtherRefused(recipient, amount);
    }
}
